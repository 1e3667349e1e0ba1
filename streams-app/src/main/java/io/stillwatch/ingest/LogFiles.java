package io.stillwatch.ingest;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Any number of inputs read as one log, in the order of event time, whatever order they are named in and whatever order each
 * has inside, as far as {@link TimeOrder} reaches back. Pieces of a request may lie in different files.
 *
 * <p>What is wrong with one input does not stop the others; {@link #failures()} tells of it. For one thread.
 */
public final class LogFiles extends OrderedLog {
    /** Records looked at for the time at which an input begins; count. */
    private static final int LOOKED_AT = 200;

    private final IngestOptions options;
    private final Deque<Input> waiting = new ArrayDeque<>();
    private final PriorityQueue<Input> reading = new PriorityQueue<>(
            Comparator.comparingLong((Input input) -> input.timeMs).thenComparingInt(input -> input.number));
    private final List<String> sources = new ArrayList<>();
    private long bytesTotal;
    private boolean lengthKnown = true;
    private long bytesOfClosed;
    /** One input: closed until the merge reaches the time at which it begins. */
    private final class Input {
        private final String argument;
        private final int number;
        private Optional<UnjoinedReader> reader = Optional.empty();
        private Optional<Ingested> head = Optional.empty();
        private long timeMs = Long.MIN_VALUE;

        private Input(String argument, int number) {
            this.argument = argument;
            this.number = number;
        }

        /** Reads on to the next record; without one the input is closed. */
        private boolean readOn() {
            try {
                UnjoinedReader open = reader.orElseThrow();
                head = open.next();
                head.ifPresent(next -> timeMs = timeOf(next, timeMs));
                if (head.isEmpty()) {
                    open.emptyNotice().ifPresent(LogFiles.this::notice);
                    close();
                }
                return head.isPresent();
            } catch (IngestException e) {
                fail(e.getMessage());
                close();
                return false;
            }
        }

        private boolean open() {
            try {
                reader = Optional.of(UnjoinedReader.open(argument, options));
                return readOn();
            } catch (IngestException e) {
                fail(e.getMessage());
                return false;
            }
        }

        private void close() {
            reader.ifPresent(open -> {
                bytesOfClosed += open.bytesRead();
                open.close();
            });
            reader = Optional.empty();
        }
    }

    private LogFiles(List<String> inputs, IngestOptions options) {
        super(options);
        this.options = options;
        inputs.forEach(
                input -> sources.add(input.equals(RequestEventReader.STANDARD_INPUT) ? "standard input" : input));
        List<Input> all = new ArrayList<>();
        for (String argument : inputs) {
            all.add(new Input(argument, all.size()));
        }
        boolean several = inputs.size() > 1;
        all.forEach(input -> look(input, several));
        all.sort(Comparator.comparingLong((Input input) -> input.timeMs).thenComparingInt(input -> input.number));
        waiting.addAll(all);
    }

    /**
     * Opens inputs: files, folders, globs, or {@code -} for standard input.
     *
     * @throws IngestException if an argument names nothing, or if none of the inputs can be read
     */
    public static LogFiles open(List<String> arguments, IngestOptions options) {
        return new LogFiles(InputPaths.of(arguments), options);
    }

    /**
     * The files that arguments name; standard input is none.
     *
     * @throws IngestException if an argument names nothing
     */
    public static List<Path> paths(List<String> arguments) {
        return InputPaths.of(arguments).stream()
                .filter(input -> !input.equals(RequestEventReader.STANDARD_INPUT))
                .map(Path::of)
                .toList();
    }

    /**
     * Makes sure that every input can be opened and its format be told, so that this is known before minutes are spent.
     *
     * @throws IngestException if one cannot be, with what to do
     */
    public static void check(List<String> arguments, IngestOptions options) {
        for (String input : InputPaths.of(arguments)) {
            if (!input.equals(RequestEventReader.STANDARD_INPUT)) {
                UnjoinedReader.open(input, options).close();
            }
        }
    }

    /** Notes how long the input is and, where there are several, when it begins. */
    private void look(Input input, boolean several) {
        if (input.argument.equals(RequestEventReader.STANDARD_INPUT)) {
            lengthKnown = false;
            return;
        }
        try (UnjoinedReader reader = UnjoinedReader.open(input.argument, options)) {
            reader.bytesTotal().ifPresentOrElse(length -> bytesTotal += length, () -> lengthKnown = false);
            for (int record = 0; several && record < LOOKED_AT; record++) {
                Optional<Ingested> next = reader.next();
                if (next.isEmpty()) {
                    return;
                }
                long time = timeOf(next.get(), Long.MIN_VALUE);
                if (time != Long.MIN_VALUE) {
                    input.timeMs = time;
                    return;
                }
            }
        } catch (IngestException e) {
            // It is told where the input is read.
            input.timeMs = Long.MIN_VALUE;
        }
    }

    private static long timeOf(Ingested ingested, long before) {
        if (ingested instanceof Ingested.Accepted accepted) {
            return accepted.event().getEventTime();
        }
        boolean timed = ingested instanceof Ingested.Part part && part.piece().timeMs() > 0;
        return timed ? ((Ingested.Part) ingested).piece().timeMs() : before;
    }

    @Override
    boolean read() {
        while (!waiting.isEmpty() && (reading.isEmpty() || waiting.element().timeMs <= reading.element().timeMs)) {
            Input next = waiting.remove();
            if (next.open()) {
                reading.add(next);
            }
        }
        if (reading.isEmpty()) {
            return false;
        }
        Input oldest = reading.remove();
        take(oldest.head.orElseThrow());
        if (oldest.readOn()) {
            reading.add(oldest);
        }
        return true;
    }

    @Override
    public List<String> sources() {
        return List.copyOf(sources);
    }

    @Override
    public double fraction() {
        if (!lengthKnown || bytesTotal == 0) {
            return Double.NaN;
        }
        long open = reading.stream()
                .mapToLong(input -> input.reader.map(UnjoinedReader::bytesRead).orElse(0L))
                .sum();
        return Math.min(1, (double) (bytesOfClosed + open) / bytesTotal) * shareReleased();
    }

    @Override
    public void close() {
        reading.forEach(Input::close);
        waiting.forEach(Input::close);
    }
}
