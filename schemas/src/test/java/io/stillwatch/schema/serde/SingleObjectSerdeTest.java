package io.stillwatch.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.UnreadableMessageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleObjectSerdeTest {
    private static final String TOPIC = "stillwatch.test";

    static List<Class<? extends SpecificRecord>> types() {
        return MessageTypes.ALL;
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void whatIsWrittenIsReadBack(Class<T> type) {
        RandomMessages messages = new RandomMessages(1);
        Serde<T> serde = new SerdeFactory(WireFormat.singleObject()).serde(type);

        for (int i = 0; i < 500; i++) {
            T message = messages.next(type);
            assertThat(serde.deserializer()
                            .deserialize(TOPIC, serde.serializer().serialize(TOPIC, message)))
                    .isEqualTo(message);
        }
    }

    @Test
    void textComesBackAsJavaStrings() {
        SingleObjectSerde<RequestEvent> serde = new SingleObjectSerde<>(RequestEvent.class);
        RequestEvent event = event("one");

        RequestEvent back = roundTrip(serde, event);

        assertThat(back.getPrompt()).isEqualTo("one");
        assertThat(back.getLinks()).containsExactly(Map.entry("network", "net-1"));
        assertThat(back.getStop()).containsExactly("END");
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void avroItselfReadsAndWritesTheSameBytes(Class<T> type) throws IOException {
        RandomMessages messages = new RandomMessages(2);
        SingleObjectSerde<T> serde = new SingleObjectSerde<>(type);
        BinaryMessageEncoder<T> encoder = new BinaryMessageEncoder<>(SpecificData.get(), ReleasedSchemas.current(type));
        BinaryMessageDecoder<T> decoder = new BinaryMessageDecoder<>(SpecificData.get(), ReleasedSchemas.current(type));

        for (int i = 0; i < 100; i++) {
            T message = messages.next(type);
            assertThat(decoder.decode(serde.serializer().serialize(TOPIC, message)))
                    .isEqualTo(message);
            assertThat(serde.deserializer().deserialize(TOPIC, bytes(encoder.encode(message))))
                    .isEqualTo(message);
        }
    }

    @Test
    void theHeaderIsTheMarkerAndTheSchemasFingerprintInLittleEndian() {
        byte[] bytes = new SingleObjectSerializer<>(Decision.class).serialize(TOPIC, decision());

        assertThat(bytes).startsWith(0xC3, 0x01);
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2))
                .isEqualTo(SchemaNormalization.parsingFingerprint64(Decision.getClassSchema()));
        assertThat(SingleObjectDeserializer.isSingleObject(bytes)).isTrue();
    }

    @Test
    void jsonAndShorterThingsAreNoSingleObject() {
        assertThat(SingleObjectDeserializer.isSingleObject("{\"event_time\":1}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(SingleObjectDeserializer.isSingleObject(new byte[0])).isFalse();
        assertThat(SingleObjectDeserializer.isSingleObject(new byte[] {(byte) 0xC3}))
                .isFalse();
        assertThat(SingleObjectDeserializer.isSingleObject(null)).isFalse();
    }

    @Test
    void aTombstoneStaysATombstone() {
        SingleObjectSerde<Decision> serde = new SingleObjectSerde<>(Decision.class);

        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
    }

    @Test
    void bytesOfAnotherFormatAreRefused() {
        assertUnreadable(
                "{}".getBytes(StandardCharsets.UTF_8), Reason.NOT_THIS_WIRE_FORMAT, "The 2 bytes are no Decision");
        assertUnreadable(new byte[0], Reason.NOT_THIS_WIRE_FORMAT, "C3 01");
        assertUnreadable(new byte[] {0, 0, 0, 0, 7, 1, 2}, Reason.NOT_THIS_WIRE_FORMAT, "registry");
    }

    @Test
    void aMessageCutOffWithinItsHeaderIsRefused() {
        assertUnreadable(Arrays.copyOf(written(), 9), Reason.TRUNCATED, "9 of 10 bytes");
    }

    @Test
    void aMessageOfAnUnknownSchemaIsRefusedNamingTheFingerprint() {
        byte[] bytes = written();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(2, 0x0123456789ABCDEFL);

        assertUnreadable(bytes, Reason.UNKNOWN_SCHEMA, "0x0123456789abcdef");
    }

    @Test
    void aMessageOfAnotherTypeIsRefusedNamingIt() {
        byte[] alert =
                new SingleObjectSerializer<>(Alert.class).serialize(TOPIC, new RandomMessages(3).next(Alert.class));

        assertUnreadable(alert, Reason.OTHER_MESSAGE_TYPE, "of type Alert");
    }

    @Test
    void aMessageCutOffAnywhereInItsBodyIsRefused() {
        byte[] bytes = written();

        for (int length = SingleObjectFormat.HEADER_LENGTH; length < bytes.length; length++) {
            assertUnreadable(Arrays.copyOf(bytes, length), Reason.TRUNCATED, "ends before its last field");
        }
    }

    @Test
    void bytesAfterTheLastFieldAreRefused() {
        byte[] bytes = written();

        assertUnreadable(Arrays.copyOf(bytes, bytes.length + 3), Reason.TRAILING_BYTES, "followed by 3 bytes");
    }

    @Test
    void aValueItsFieldCannotTakeIsRefused() {
        byte[] bytes = written();
        int action = SingleObjectFormat.HEADER_LENGTH + 1 + "acct-1".length();
        bytes[action] = 126;

        assertUnreadable(bytes, Reason.CORRUPT, "Enumeration out of range");
    }

    @Test
    void aMissingValueIsRefusedNamingTheFieldAndDoesNotSpoilTheNextMessage() {
        SingleObjectSerde<RequestEvent> serde = new SingleObjectSerde<>(RequestEvent.class);
        RequestEvent incomplete = event("never to be seen");
        incomplete.put("account_id", null);
        RequestEvent damaged = event("nor this");
        damaged.put("links", java.util.Collections.singletonMap("network", null));

        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, incomplete))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageContaining("field account_id is null");
        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, damaged))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageContaining("field links holds");
        assertThat(roundTrip(serde, event("fine"))).isEqualTo(event("fine"));
    }

    @Test
    void aVeryLongPromptPassesAndTheNextShortOneToo() {
        SingleObjectSerde<RequestEvent> serde = new SingleObjectSerde<>(RequestEvent.class);

        assertThat(roundTrip(serde, event("p".repeat(10_000_000))).getPrompt()).hasSize(10_000_000);
        assertThat(roundTrip(serde, event("short")).getPrompt()).isEqualTo("short");
    }

    @Test
    void threadsMayShareASerde() throws Exception {
        SingleObjectSerde<Alert> serde = new SingleObjectSerde<>(Alert.class);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> work = IntStream.range(0, 4)
                    .mapToObj(seed -> (Callable<Boolean>) () -> {
                        RandomMessages messages = new RandomMessages(seed);
                        for (int i = 0; i < 300; i++) {
                            Alert alert = messages.next(Alert.class);
                            assertThat(roundTrip(serde, alert)).isEqualTo(alert);
                        }
                        return true;
                    })
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertUnreadable(byte[] bytes, Reason reason, String inMessage) {
        assertThatThrownBy(() -> new SingleObjectDeserializer<>(Decision.class).deserialize(TOPIC, bytes))
                .hasMessageContaining(inMessage)
                .asInstanceOf(type(UnreadableMessageException.class))
                .returns(reason, UnreadableMessageException::reason);
    }

    private static <T extends SpecificRecord> T roundTrip(Serde<T> serde, T message) {
        return serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, message));
    }

    private static byte[] written() {
        return new SingleObjectSerializer<>(Decision.class).serialize(TOPIC, decision());
    }

    private static Decision decision() {
        return Decision.newBuilder()
                .setAccountId("acct-1")
                .setAction(DecisionAction.THROTTLE)
                .setRate(6.5)
                .setDecidedAt(1_760_000_000_000L)
                .setReason("because")
                .build();
    }

    private static RequestEvent event(String prompt) {
        return RequestEvent.newBuilder()
                .setEventTime(1_760_000_000_000L)
                .setAccountId("acct-1")
                .setPrompt(prompt)
                .setStop(List.of("END"))
                .setLinks(Map.of("network", "net-1"))
                .build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
