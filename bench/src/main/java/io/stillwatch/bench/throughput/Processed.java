package io.stillwatch.bench.throughput;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Records that the Streams application of this process has processed, whether committed or not. */
final class Processed {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static final ObjectName THREADS = threads();

    private Processed() {}

    private static ObjectName threads() {
        try {
            return new ObjectName("kafka.streams:type=stream-thread-metrics,thread-id=*");
        } catch (MalformedObjectNameException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    /** As of now, all stream threads together. */
    static long records() {
        double records = 0;
        for (ObjectName thread : BEANS.queryNames(THREADS, null)) {
            try {
                records += ((Number) BEANS.getAttribute(thread, "process-total")).doubleValue();
            } catch (JMException gone) {
                continue;
            }
        }
        return (long) records;
    }
}
