package io.stillwatch.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, reading them gives a message or an {@link UnreadableMessageException}, and costs little memory. */
class HostileBytesTest {
    /** What reading may allocate: a share for the exception, and so much for each byte of the message. */
    private static final long ALLOWED_ALLOCATION = 1 << 20;

    private static final long ALLOWED_ALLOCATION_PER_BYTE = 1000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<Class<? extends SpecificRecord>> types() {
        return MessageTypes.ALL;
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void randomBytesDoNoHarm(Class<T> type) {
        RandomMessages random = new RandomMessages(21);
        SingleObjectDeserializer<T> deserializer = new SingleObjectDeserializer<>(type);

        for (int i = 0; i < 2_000; i++) {
            readHarmlessly(deserializer, random.bytes(200));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void randomBytesAfterAGoodHeaderDoNoHarm(Class<T> type) {
        RandomMessages random = new RandomMessages(22);
        SingleObjectDeserializer<T> deserializer = new SingleObjectDeserializer<>(type);

        for (int i = 0; i < 3_000; i++) {
            readHarmlessly(deserializer, withHeader(type, random.bytes(300)));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void damagedMessagesDoNoHarm(Class<T> type) {
        RandomMessages random = new RandomMessages(23);
        SingleObjectSerializer<T> serializer = new SingleObjectSerializer<>(type);
        SingleObjectDeserializer<T> deserializer = new SingleObjectDeserializer<>(type);
        int read = 0;

        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = serializer.serialize("topic", random.next(type));
            int changes = 1 + random.below(3);
            for (int change = 0; change < changes; change++) {
                bytes[random.below(bytes.length)] = (byte) random.below(256);
            }
            if (random.below(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.below(bytes.length + 10));
            }
            if (readHarmlessly(deserializer, bytes)) {
                read++;
            }
        }
        assertThat(read).as("some damage is no damage to the layout").isBetween(1, 2_999);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 30, 1_000_000})
    void aTextLengthThatTheMessageCannotHoldIsRefusedBeforeItCostsMemory(long length) throws IOException {
        byte[] eventIdOnly = body(out -> out.writeLong(length));

        refuseCheaply(RequestEvent.class, eventIdOnly);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 30, 1_000_000, -(1L << 30)})
    void anItemCountThatTheMessageCannotHoldIsRefusedBeforeItCostsMemory(long count) throws IOException {
        byte[] hugeFindings = body(out -> {
            out.writeString("id");
            out.writeLong(0);
            out.writeEnum(0);
            out.writeString("account");
            out.writeString("acct-1");
            out.writeString("high");
            out.writeDouble(1);
            for (int i = 0; i < 5; i++) {
                out.writeLong(1);
            }
            out.writeString("title");
            out.writeString("explanation");
            out.writeLong(count);
            out.writeLong(Long.MAX_VALUE);
        });

        refuseCheaply(Alert.class, hugeFindings);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 30, 1_000_000, -(1L << 30)})
    void anEntryCountThatTheMessageCannotHoldIsRefusedBeforeItCostsMemory(long count) throws IOException {
        byte[] hugeLinks = body(out -> {
            out.writeString("id");
            out.writeLong(1);
            out.writeString("acct-1");
            for (Schema.Field field : RequestEvent.getClassSchema().getFields()) {
                switch (field.schema().getType()) {
                    case UNION -> out.writeIndex(0);
                    case ARRAY -> out.writeLong(0);
                    default -> {
                        // The first three fields are written already, the maps come last.
                    }
                }
            }
            out.writeLong(count);
            out.writeLong(Long.MAX_VALUE);
        });

        refuseCheaply(RequestEvent.class, hugeLinks);
    }

    @Test
    void anEndlessStringOfEmptyBlocksEndsWithTheMessage() throws IOException {
        byte[] blocks = new byte[5_000_000];
        byte[] bytes = withHeader(Alert.class, blocks);

        assertThat(readHarmlessly(new SingleObjectDeserializer<>(Alert.class), bytes))
                .isFalse();
    }

    private static <T extends SpecificRecord> void refuseCheaply(Class<T> type, byte[] body) {
        SingleObjectDeserializer<T> deserializer = new SingleObjectDeserializer<>(type);
        byte[] bytes = withHeader(type, body);

        assertThatThrownBy(() -> deserializer.deserialize("topic", bytes))
                .isInstanceOf(UnreadableMessageException.class);
        readHarmlessly(deserializer, bytes);
    }

    /** Whether the bytes are a message; fails on any other exception, any error and on allocation out of proportion. */
    private static boolean readHarmlessly(SingleObjectDeserializer<?> deserializer, byte[] bytes) {
        long allowed = ALLOWED_ALLOCATION + ALLOWED_ALLOCATION_PER_BYTE * bytes.length;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean readable = isReadable(deserializer, bytes);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > allowed) {
            // Classes that a first message loads are no message's fault; what a second reading allocates is.
            before = THREADS.getCurrentThreadAllocatedBytes();
            readable = isReadable(deserializer, bytes);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for a message of %d bytes", bytes.length)
                    .isLessThanOrEqualTo(allowed);
        }
        return readable;
    }

    private static boolean isReadable(SingleObjectDeserializer<?> deserializer, byte[] bytes) {
        try {
            deserializer.deserialize("topic", bytes);
            return true;
        } catch (UnreadableMessageException e) {
            return false;
        }
    }

    private static byte[] withHeader(Class<? extends SpecificRecord> type, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SingleObjectFormat.header(SchemaFingerprint.of(ReleasedSchemas.current(type))));
        out.writeBytes(body);
        return out.toByteArray();
    }

    @FunctionalInterface
    private interface Body {
        void writeTo(BinaryEncoder out) throws IOException;
    }

    private static byte[] body(Body body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        body.writeTo(encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
