package io.stillwatch.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stillwatch.schema.RequestEvent;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The serdes run once or more for every request; buffers, coders and resolved schemas must outlive a message. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MESSAGES = 2_000;

    private final SingleObjectSerde<RequestEvent> serde = new SingleObjectSerde<>(RequestEvent.class);
    private final RequestEvent event = RequestEvent.newBuilder()
            .setEventTime(1_760_000_000_000L)
            .setAccountId("acct-1")
            .setPrompt("p".repeat(800))
            .build();
    private final byte[] bytes = serde.serializer().serialize("topic", event);

    @Test
    void writingAllocatesTheMessageAndItsTextsOnce() {
        // The result, and each text once as UTF-8.
        assertThat(bytesPerMessage(() -> serde.serializer().serialize("topic", event)))
                .isLessThan(2L * bytes.length + 512);
    }

    @Test
    void readingAllocatesTheMessageAndItsTextsOnce() {
        // The record with its fields and collections, and each text once.
        assertThat(bytesPerMessage(() -> serde.deserializer().deserialize("topic", bytes)))
                .isLessThan(bytes.length + 2048);
    }

    private static long bytesPerMessage(Runnable work) {
        for (int i = 0; i < MESSAGES; i++) {
            work.run();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MESSAGES; i++) {
            work.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / MESSAGES;
    }
}
