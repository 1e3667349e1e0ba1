package io.stillwatch.bench.throughput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where time goes and what is allocated, from Flight Recorder's samples: per group of threads the innermost methods, and
 * the innermost of ours or Kafka's, which says on whose behalf. Native code (RocksDB, the kernel) counts for its caller.
 */
final class HotSpots {
    private static final int SHOWN = 15;
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String NATIVE_SAMPLE = "jdk.NativeMethodSample";
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";

    private final Path file;
    private final Recording recording = new Recording();

    private HotSpots(Path file) {
        this.file = file;
    }

    /** Begins to record, to a file that is written on {@link #close}. */
    static HotSpots record(Path file) {
        HotSpots spots = new HotSpots(file);
        start(spots.recording);
        return spots;
    }

    /**
     * Records for nobody until the program ends, so that Flight Recorder has changed the classes it changes before the
     * compiler comes to them: starting it late made everything be compiled again, and the round it was started in three
     * times as slow.
     */
    static void prime() {
        start(new Recording());
    }

    private static void start(Recording recording) {
        recording.enable(SAMPLE).withPeriod(Duration.ofMillis(10));
        recording.enable(NATIVE_SAMPLE).withPeriod(Duration.ofMillis(10));
        recording.enable(ALLOCATION).with("throttle", "500/s");
        recording.start();
    }

    /** Ends the recording and writes the file. */
    void close() {
        try (recording) {
            recording.stop();
            recording.dump(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Prints the shares of a file that was recorded. */
    static void print(Path file) throws IOException {
        Map<String, Share> byGroup = new TreeMap<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                String type = event.getEventType().getName();
                if (event.getStackTrace() == null
                        || event.getStackTrace().getFrames().isEmpty()) {
                    continue;
                }
                List<RecordedFrame> frames = event.getStackTrace().getFrames();
                if (type.equals(ALLOCATION)) {
                    String group = "allocation, " + group(event.getThread());
                    byGroup.computeIfAbsent(group, name -> new Share()).add(frames, event.getLong("weight"));
                } else if (type.equals(SAMPLE)
                        || type.equals(NATIVE_SAMPLE) && !waits(frames.get(0).getMethod())) {
                    String group = "time, " + group(event.getThread("sampledThread"));
                    byGroup.computeIfAbsent(group, name -> new Share()).add(frames, 1);
                }
            }
        }
        byGroup.keySet().removeIf(group -> group.endsWith(Part.BENCHMARK.toString()));
        byGroup.forEach((group, share) -> share.print(group));
    }

    private static boolean waits(RecordedMethod method) {
        String type = method.getType().getName();
        return type.startsWith("sun.nio.ch.EPoll") || type.startsWith("sun.nio.ch.KQueue") || type.endsWith("Unsafe");
    }

    private static String group(RecordedThread thread) {
        return Part.ofThread(thread == null || thread.getJavaName() == null ? "" : thread.getJavaName())
                .toString();
    }

    private static final class Share {
        private final Map<String, Long> innermost = new HashMap<>();
        private final Map<String, Long> onBehalfOf = new HashMap<>();
        private long total;

        void add(List<RecordedFrame> frames, long weight) {
            total += weight;
            innermost.merge(name(frames.get(0)), weight, Long::sum);
            onBehalfOf.merge(
                    frames.stream()
                            .map(Share::name)
                            .filter(name -> name.startsWith("io.stillwatch"))
                            .findFirst()
                            .or(() -> frames.stream()
                                    .map(Share::name)
                                    .filter(name -> name.startsWith("org.apache.kafka") || name.startsWith("kafka."))
                                    .findFirst())
                            .orElseGet(() -> name(frames.get(frames.size() - 1))),
                    weight,
                    Long::sum);
        }

        private static String name(RecordedFrame frame) {
            return frame.getMethod().getType().getName() + "."
                    + frame.getMethod().getName();
        }

        void print(String group) {
            System.out.printf("%n%s (%,d %s)%n", group, total, group.startsWith("time") ? "samples" : "bytes");
            print("on behalf of", onBehalfOf);
            print("innermost", innermost);
        }

        private void print(String title, Map<String, Long> weights) {
            System.out.println("  " + title);
            weights.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                    .limit(SHOWN)
                    .forEach(entry -> System.out.printf(
                            Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * entry.getValue() / total, entry.getKey()));
        }
    }
}
