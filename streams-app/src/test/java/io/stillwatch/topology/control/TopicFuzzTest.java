package io.stillwatch.topology.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stillwatch.Fuzz;
import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.MessageTypes;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureOverlay;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.record.BoundedDeserializer;
import io.stillwatch.topology.record.RequestEventDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of the pipeline's own topics, which anybody who may write to the cluster may have written. */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class TopicFuzzTest {
    private static final Fuzz.Tally TALLY = new Fuzz.Tally("records of the pipeline's topics");
    private static final SerdeFactory SERDES = new SerdeFactory(WireFormat.singleObject());
    private static final int LONGEST = 1 << 20;
    private static final Path LIBRARY = Path.of("src/main/resources/io/stillwatch/signature/library");

    @AfterAll
    static void sayHowManyWereTried() {
        TALLY.tell();
    }

    static List<Class<? extends SpecificRecord>> types() {
        return MessageTypes.ALL;
    }

    private static List<byte[]> samples(Class<? extends SpecificRecord> type) throws IOException {
        Schema schema = SpecificData.get().getSchema(type);
        BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), schema);
        List<byte[]> samples = new ArrayList<>();
        for (Object one : new RandomData(schema, 20, 7)) {
            ByteBuffer encoded = encoder.encode((GenericRecord) one);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            samples.add(bytes);
        }
        return samples;
    }

    private static <T extends SpecificRecord> Deserializer<T> bounded(Class<T> type) {
        return new BoundedDeserializer<>(SERDES.serde(type).deserializer(), LONGEST);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMessageIsReadOrRefusedInASentence(Class<? extends SpecificRecord> type) throws IOException {
        Random random = new Random(type.getName().length());
        List<byte[]> samples = samples(type);
        Deserializer<? extends SpecificRecord> deserializer = bounded(type);
        for (int run = 0; run < Fuzz.inputs(0.1 / types().size()); run++) {
            byte[] value = Fuzz.mutated(samples.get(random.nextInt(samples.size())), random);
            TALLY.add();
            try {
                assertThat(deserializer.deserialize("topic", value)).isNotNull();
            } catch (SerializationException e) {
                assertThat(e).message().isNotBlank();
            }
        }
    }

    @Test
    void aRequestIsAdmittedOrRefusedInASentence() throws IOException {
        Random random = new Random(2);
        List<byte[]> samples = new ArrayList<>(samples(RequestEvent.class));
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/ingest/stillwatch/events.jsonl"))) {
            lines.forEach(line -> samples.add(line.getBytes(StandardCharsets.UTF_8)));
        }
        Deserializer<RequestEvent> deserializer = new BoundedDeserializer<>(
                new RequestEventDeserializer(SERDES.serde(RequestEvent.class).deserializer()), LONGEST);
        for (int run = 0; run < Fuzz.inputs(0.1); run++) {
            byte[] value = Fuzz.mutated(samples.get(random.nextInt(samples.size())), random);
            TALLY.add();
            try {
                RequestEvent event = deserializer.deserialize("topic", value);
                assertThat(event.getAccountId()).isNotBlank();
                assertThat(event.getEventId()).isNotBlank();
            } catch (SerializationException e) {
                assertThat(e).message().isNotBlank();
            }
        }
    }

    @Test
    void nothingOnATopicThatPeopleWriteToStopsWhoReadsIt() throws IOException {
        Random random = new Random(3);
        LiveAllowlist allowlist = new LiveAllowlist(bounded(AllowlistEntry.class));
        LiveTriage triage = new LiveTriage(bounded(TriageRecord.class));
        List<byte[]> entries = samples(AllowlistEntry.class);
        List<byte[]> orders = samples(TriageRecord.class);
        for (int run = 0; run < Fuzz.inputs(0.005); run++) {
            byte[] entry = Fuzz.mutated(entries.get(random.nextInt(entries.size())), random);
            byte[] order = Fuzz.mutated(orders.get(random.nextInt(orders.size())), random);
            String key = "k" + random.nextInt(30);
            long offset = run;
            TALLY.add();
            TALLY.add();
            assertThatCode(() -> {
                        allowlist.take(key, entry);
                        allowlist.read();
                        triage.take(offset, key, order);
                        triage.after(offset - 1, EnumSet.allOf(TriageAction.class));
                    })
                    .as("run %d", run)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void anEnrolmentIsReadOrRefusedInASentence() {
        Random random = new Random(4);
        byte[] sample = enrolment().text().getBytes(StandardCharsets.UTF_8);
        for (int run = 0; run < Fuzz.inputs(0.05); run++) {
            byte[] value = Fuzz.mutated(sample, random);
            TALLY.add();
            try {
                assertThat(LiveEnrolments.parse("a", value).account()).isEqualTo("a");
            } catch (BaselineException e) {
                assertThat(e).message().isNotBlank();
            }
        }
    }

    private static Enrolment enrolment() {
        return new Enrolment(
                new Atom(Atom.Kind.ENROLLED, "a", "example prompts", EnrolmentOrderTest.MEAN),
                "parcels",
                100,
                0,
                Long.MAX_VALUE,
                "contract",
                "ann",
                1);
    }

    @Test
    void aDefinitionOfASignatureIsInEffectOrSkippedWithAReason() throws IOException {
        Random random = new Random(5);
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> library = Files.list(LIBRARY)) {
            for (Path file : library.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
        for (int run = 0; run < Fuzz.inputs(0.004); run++) {
            String yaml =
                    new String(Fuzz.mutated(files.get(random.nextInt(files.size())), random), StandardCharsets.UTF_8);
            SignatureDefinition definition =
                    SpecificData.get().deepCopy(SignatureDefinition.getClassSchema(), definition());
            definition.setYaml(yaml);
            TALLY.add();
            SignatureOverlay overlay = SignatureOverlay.of(SignatureSet.bundled(), List.of(definition));
            assertThat(overlay.skipped().values())
                    .as("run %d", run)
                    .allSatisfy(reason -> assertThat(reason).isNotBlank());
        }
    }

    private static SignatureDefinition definition() throws IOException {
        return bounded(SignatureDefinition.class)
                .deserialize("topic", samples(SignatureDefinition.class).get(0));
    }
}
