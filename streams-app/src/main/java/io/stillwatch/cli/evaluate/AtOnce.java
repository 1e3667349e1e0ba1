package io.stillwatch.cli.evaluate;

import io.stillwatch.cli.terminal.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.DoubleConsumer;

/** Runs that do not depend on each other, several at once. */
public final class AtOnce {
    private static final long REDRAW_MS = 200;

    private AtOnce() {}

    /** One run. */
    @FunctionalInterface
    public interface Run<T> {
        /**
         * Runs to the end.
         *
         * @param done told now and then how much of the run is done, 0 to 1
         */
        T call(DoubleConsumer done);
    }

    /** What came of the runs, in their order; the first that fails ends them all. */
    public static <T> List<T> results(List<Run<T>> runs, int threads, Progress progress) {
        AtomicLongArray done = new AtomicLongArray(runs.size());
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, runs.size())));
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    T result = runs.get(number).call(share -> set(done, number, share));
                    set(done, number, 1);
                    return result;
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(await(future, done, progress));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void set(AtomicLongArray done, int run, double share) {
        done.set(run, Double.doubleToRawLongBits(share));
    }

    private static <T> T await(Future<T> future, AtomicLongArray done, Progress progress) {
        while (true) {
            try {
                return future.get(REDRAW_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                show(done, progress);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("A run of the evaluation ended early.", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Interrupted while evaluating.");
            }
        }
    }

    private static void show(AtomicLongArray done, Progress progress) {
        double sum = 0;
        int ended = 0;
        for (int run = 0; run < done.length(); run++) {
            double share = Double.longBitsToDouble(done.get(run));
            sum += Double.isNaN(share) ? 0 : share;
            ended += share == 1 ? 1 : 0;
        }
        progress.update(ended, sum / done.length());
    }
}
