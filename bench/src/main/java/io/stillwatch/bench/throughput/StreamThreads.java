package io.stillwatch.bench.throughput;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.Consumer;

/** Whether Kafka Streams' threads have anything to do. */
final class StreamThreads {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int DEPTH = 40;
    private static final String CONSUMERS = Consumer.class.getPackageName();

    private StreamThreads() {}

    /** Whether all of them wait for records right now. */
    static boolean wait(long[] ids) {
        return Arrays.stream(THREADS.getThreadInfo(ids, DEPTH)).allMatch(thread -> thread == null || polls(thread));
    }

    /** Those there are. */
    static long[] ids() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && Part.ofThread(thread.getThreadName()) == Part.STREAMS)
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
    }

    private static boolean polls(ThreadInfo thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && (stack[0].getClassName().startsWith("sun.nio.ch.")
                        || stack[0].getMethodName().equals("park"))
                && Arrays.stream(stack)
                        .anyMatch(frame -> frame.getMethodName().equals("poll")
                                && frame.getClassName().startsWith(CONSUMERS));
    }
}
