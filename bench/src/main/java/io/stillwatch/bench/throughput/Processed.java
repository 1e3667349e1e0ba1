package io.stillwatch.bench.throughput;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Records of a topic that the Streams application of this process has taken or written, whether committed or not. */
final class Processed {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private Processed() {}

    /** Records taken from a topic and processed, but for the one that each thread is at. */
    static long from(String topic) {
        return sum(topic, "records-consumed-total");
    }

    /** Records written to a topic. */
    static long to(String topic) {
        return sum(topic, "records-produced-total");
    }

    private static long sum(String topic, String figure) {
        double records = 0;
        for (ObjectName node : BEANS.queryNames(nodesAt(topic), null)) {
            try {
                records += ((Number) BEANS.getAttribute(node, figure)).doubleValue();
            } catch (JMException absent) {
                // A node that only writes has not read, and the other way about.
            }
        }
        return (long) records;
    }

    private static ObjectName nodesAt(String topic) {
        try {
            return new ObjectName("kafka.streams:type=stream-topic-metrics,topic=" + topic + ",*");
        } catch (MalformedObjectNameException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
