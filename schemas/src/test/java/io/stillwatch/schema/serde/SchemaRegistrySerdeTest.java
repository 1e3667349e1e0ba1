package io.stillwatch.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.serde.UnreadableMessageException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaRegistrySerdeTest {
    private static final String TOPIC = "stillwatch.decisions";

    private RegistryStub registry;

    static List<Class<? extends SpecificRecord>> types() {
        return MessageTypes.ALL;
    }

    @BeforeEach
    void startRegistry() throws IOException {
        registry = new RegistryStub();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void whatIsWrittenIsReadBack(Class<T> type) {
        RandomMessages messages = new RandomMessages(31);
        Serde<T> writing = serde(type, Map.of());
        Serde<T> reading = serde(type, Map.of());

        for (int i = 0; i < 100; i++) {
            T message = messages.next(type);
            byte[] bytes = writing.serializer().serialize(TOPIC, message);
            assertThat(reading.deserializer().deserialize(TOPIC, bytes)).isEqualTo(message);
        }
        assertThat(registry.requests())
                .as("one registration, one look-up with its references, whatever the number of messages")
                .hasSize(3);
    }

    @Test
    void aMessageIsAZeroByteTheSchemasNumberAndTheAvroBody() throws IOException {
        for (int i = 0; i < 299; i++) {
            registry.register("filler" + i, "\"string\"");
        }

        byte[] bytes = serde(Decision.class, Map.of()).serializer().serialize(TOPIC, decision());

        assertThat(bytes).startsWith(0, 0, 0, 1, 44);
        assertThat(Arrays.copyOfRange(bytes, 5, bytes.length)).isEqualTo(body(decision()));
    }

    @Test
    void aSchemaIsRegisteredWholeUnderItsTopicsName() {
        serde(Alert.class, Map.of())
                .serializer()
                .serialize("stillwatch.alerts", new RandomMessages(32).next(Alert.class));

        assertThat(registry.artifacts()).containsExactly("stillwatch.alerts-value");
    }

    @Test
    void aMessageWrittenByAConfluentClientIsRead() throws IOException {
        int number = registry.register("any", Decision.getClassSchema().toString());

        assertThat(read(message(number, body(decision())))).isEqualTo(decision());
    }

    @Test
    void aTombstoneStaysATombstoneAndAsksNobody() {
        Serde<Decision> serde = serde(Decision.class, Map.of());

        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void withoutAutoRegistrationOnlyARegisteredSchemaIsWritten() {
        Map<String, String> settings = Map.of("apicurio.registry.auto-register", "false");

        assertThatThrownBy(() -> write(settings)).isInstanceOf(SerializationException.class);
        registry.register(TOPIC + "-value", Decision.getClassSchema().toString());
        assertThat(write(settings)).startsWith(0, 0, 0, 0, 1);
        assertThat(registry.requests()).noneMatch(request -> request.endsWith("/artifacts"));
    }

    @Test
    void aRegistrysLatestSchemaOfAnotherLayoutIsNotWrittenWith() {
        Map<String, String> settings =
                Map.of("apicurio.registry.auto-register", "false", "apicurio.registry.find-latest", "true");
        registry.register(TOPIC + "-value", Alert.getClassSchema().toString());

        assertThatThrownBy(() -> write(settings))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("is not the Decision this program writes");

        registry.register(TOPIC + "-value", Decision.getClassSchema().toString());
        assertThat(write(settings)).startsWith(0, 0, 0, 0, 2);
    }

    @Test
    void bytesOfAnotherFormatAreRefused() {
        byte[] singleObject = new SingleObjectSerializer<>(Decision.class).serialize(TOPIC, decision());

        assertUnreadable(singleObject, Reason.NOT_THIS_WIRE_FORMAT, "starts with a zero byte");
        assertUnreadable(new byte[0], Reason.NOT_THIS_WIRE_FORMAT, "The 0 bytes are no Decision");
        assertUnreadable(new byte[] {0, 0, 0}, Reason.TRUNCATED, "3 of 5 bytes");
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void aMessageOfAnUnknownSchemaIsRefusedNamingTheNumber() {
        assertUnreadable(message(77, new byte[3]), Reason.UNKNOWN_SCHEMA, "schema number 77");
    }

    @Test
    void aRegisteredThingThatIsNoAvroSchemaIsRefused() {
        int number = registry.register("any", "{\"openapi\": \"3.0.0\"}");

        assertUnreadable(message(number, new byte[3]), Reason.UNKNOWN_SCHEMA, "is no Avro schema");
    }

    @Test
    void aMessageOfAnotherTypeIsRefusedNamingIt() {
        int number = registry.register("any", Alert.getClassSchema().toString());

        assertUnreadable(message(number, new byte[3]), Reason.OTHER_MESSAGE_TYPE, "of type Alert");
    }

    @Test
    void aDamagedBodyIsRefused() throws IOException {
        int number = registry.register("any", Decision.getClassSchema().toString());
        byte[] bytes = message(number, body(decision()));

        assertUnreadable(Arrays.copyOf(bytes, bytes.length - 1), Reason.TRUNCATED, "ends before its last field");
        assertUnreadable(Arrays.copyOf(bytes, bytes.length + 1), Reason.TRAILING_BYTES, "followed by 1 bytes");
    }

    @Test
    void randomBodiesDoNoHarm() {
        int number = registry.register("any", Alert.getClassSchema().toString());
        RandomMessages random = new RandomMessages(33);
        Serde<Alert> serde = serde(Alert.class, Map.of());

        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = message(number, random.bytes(200));
            try {
                assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isNotNull();
            } catch (UnreadableMessageException expected) {
                assertThat(expected.reason()).isNotEqualTo(Reason.UNKNOWN_SCHEMA);
            }
        }
    }

    /** A schema that refers to itself can nest values deeper than a stack is; nobody but the registry's owner can do it. */
    @Test
    void aBottomlessValueInAFieldWeDoNotKnowIsRefused() {
        Schema decision = new Schema.Parser().parse(Decision.getClassSchema().toString());
        String nested = decision.toString()
                .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"chain\",\"type\":{\"type\":\"record\",\"name\":\"Link\",\"fields\":"
                                + "[{\"name\":\"next\",\"type\":[\"null\",\"Link\"]}]}},");
        int number = registry.register("any", nested);
        byte[] deep = new byte[5_000_000];
        Arrays.fill(deep, (byte) 2);

        assertUnreadable(message(number, deep), Reason.CORRUPT, "holds a value that its field cannot take");
    }

    @Test
    void aRegistryThatStumblesIsAskedAgain() {
        registry.failNext(2, 503);

        assertThat(write(Map.of("apicurio.registry.retry-backoff-ms", "1"))).startsWith(0, 0, 0, 0, 1);
        assertThat(registry.requests()).hasSize(3);
    }

    @Test
    void aRegistryThatKeepsFailingIsNoFaultOfTheMessage() {
        registry.failNext(Integer.MAX_VALUE, 503);
        Map<String, String> settings =
                Map.of("apicurio.registry.retry-count", "2", "apicurio.registry.retry-backoff-ms", "1");

        assertThatThrownBy(() -> write(settings))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("HTTP status 503");
        assertThat(registry.requests()).hasSize(3);
        assertThatThrownBy(() -> read(message(1, new byte[3]), settings))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("schema number 1");
    }

    @Test
    void aRefusalIsNotAskedAgain() {
        registry.failNext(Integer.MAX_VALUE, 401);

        assertThatThrownBy(() -> write(Map.of()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("HTTP status 401");
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void aRegistryThatIsNotThereIsNoFaultOfTheMessage() {
        String nobody = registry.url();
        registry.close();
        WireFormat.Registry format =
                (WireFormat.Registry) WireFormat.registry(nobody, Map.of("apicurio.registry.retry-backoff-ms", "1"));

        assertThatThrownBy(() -> new SchemaRegistrySerde<>(Decision.class, format)
                        .serializer()
                        .serialize(TOPIC, decision()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(nobody);
    }

    @Test
    void aRegistryThatStallsIsNotWaitedForForEver() {
        registry.stall(1_000);
        WireFormat.Registry format =
                (WireFormat.Registry) WireFormat.registry(registry.url(), Map.of("apicurio.registry.retry-count", "0"));
        RegistryConnection connection = RegistryConnection.to(format, Duration.ofMillis(100));

        assertThatThrownBy(() -> new SchemaRegistrySerde<>(Decision.class, connection)
                        .serializer()
                        .serialize(TOPIC, decision()))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void anInterruptedThreadStopsWaitingAndStaysInterrupted() {
        registry.failNext(Integer.MAX_VALUE, 503);
        Map<String, String> settings = Map.of("apicurio.registry.retry-backoff-ms", "60000");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> write(settings)).isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void credentialsGoWithEveryRequest() {
        write(Map.of("apicurio.registry.auth.username", "me", "apicurio.registry.auth.password", "hush"));

        assertThat(registry.authorizations()).containsExactly("Basic bWU6aHVzaA==");
    }

    @Test
    void theAddressMayCarryTheApisPathAlready() {
        WireFormat format = WireFormat.registry(registry.url() + "/apis/registry/v3/", Map.of());

        assertThat(new SerdeFactory(format).serde(Decision.class).serializer().serialize(TOPIC, decision()))
                .startsWith(0, 0, 0, 0, 1);
    }

    private void assertUnreadable(byte[] bytes, Reason reason, String inMessage) {
        assertThatThrownBy(() -> read(bytes))
                .hasMessageContaining(inMessage)
                .asInstanceOf(type(UnreadableMessageException.class))
                .returns(reason, UnreadableMessageException::reason);
    }

    private byte[] write(Map<String, String> settings) {
        return serde(Decision.class, settings).serializer().serialize(TOPIC, decision());
    }

    private Decision read(byte[] bytes) {
        return read(bytes, Map.of());
    }

    private Decision read(byte[] bytes, Map<String, String> settings) {
        return serde(Decision.class, settings).deserializer().deserialize(TOPIC, bytes);
    }

    private <T extends SpecificRecord> Serde<T> serde(Class<T> type, Map<String, String> settings) {
        return new SerdeFactory(WireFormat.registry(registry.url(), new HashMap<>(settings))).serde(type);
    }

    private static byte[] message(int schemaNumber, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(schemaNumber)
                .put(body)
                .array();
    }

    private static byte[] body(Decision decision) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<>(Decision.class).write(decision, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static Decision decision() {
        return Decision.newBuilder()
                .setAccountId("acct-1")
                .setAction(DecisionAction.BLOCK)
                .setDecidedAt(1_760_000_000_000L)
                .setReason("because")
                .build();
    }
}
