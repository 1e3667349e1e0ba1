package io.stillwatch.topology.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.ingest.AccountChoice;
import io.stillwatch.ingest.Forms;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.PayloadReader;
import io.stillwatch.ingest.Piece;
import io.stillwatch.ingest.PieceCodec;
import io.stillwatch.ingest.PieceJoin;
import io.stillwatch.ingest.Position;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.record.UnreadableMark;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTopologyTest {
    private static final Topics TOPICS = Topics.of("test.", 1, Topics.RequestsKept.ALL);
    private static final SerdeFactory SERDES = new SerdeFactory(WireFormat.singleObject());

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> gateway;
    private TestInputTopic<byte[], byte[]> pieces;
    private TestOutputTopic<byte[], byte[]> requests;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "none:9092");
        properties.put("application.id", "intake-test");
        driver = new TopologyTestDriver(
                IntakeTopology.build(
                        List.of(new SourceTopic("gateway", IngestOptions.DEFAULT)),
                        IngestOptions.DEFAULT,
                        TOPICS,
                        SERDES),
                properties,
                Instant.EPOCH);
        gateway = driver.createInputTopic("gateway", new ByteArraySerializer(), new ByteArraySerializer());
        pieces = driver.createInputTopic(TOPICS.pieces(), new ByteArraySerializer(), new ByteArraySerializer());
        requests =
                driver.createOutputTopic(TOPICS.requests(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private static RequestEvent event(int number) {
        return Forms.common(
                RequestEvent.newBuilder()
                        .setEventTime(1_790_000_000_000L + number * 20_000L)
                        .setAccountId("a")
                        .setPrompt("Question " + number)
                        .setInputTokens(5L)
                        .setOutputTokens(9L + number)
                        .build(),
                "acct-" + number % 3,
                number);
    }

    private void send(String value) {
        gateway.pipeInput(null, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String header(Headers headers, String name) {
        return headers.lastHeader(name) == null
                ? null
                : text(headers.lastHeader(name).value());
    }

    private static RequestEvent read(TestRecord<byte[], byte[]> record) {
        return SERDES.serde(RequestEvent.class).deserializer().deserialize(TOPICS.requests(), record.value());
    }

    @Test
    void aMessageIsTakenApartAndEachRequestGoesUnderItsAccountWithItsPlace() {
        send("{\"event_time\":1790000000000,\"account_id\":\"first\",\"prompt\":\"x\"}");
        send("[" + Forms.liteLlm(event(1)) + "," + Forms.kong(event(2)) + "]");

        List<TestRecord<byte[], byte[]>> records = requests.readRecordsToList();

        assertThat(records).extracting(record -> text(record.key())).containsExactly("first", "acct-1", "acct-2");
        assertThat(records)
                .extracting(record -> read(record).getPrompt())
                .containsExactly("x", "Question 1", "Question 2");
        TestRecord<byte[], byte[]> last = records.get(2);
        assertThat(last.timestamp()).isEqualTo(event(2).getEventTime());
        assertThat(header(last.headers(), "ce_source")).isEqualTo("gateway");
        assertThat(header(last.headers(), "ce_sourcepartition")).isEqualTo("0");
        assertThat(header(last.headers(), "ce_sourceoffset")).isEqualTo("1");
        assertThat(header(last.headers(), "ce_sourceitem")).isEqualTo("2");
    }

    @Test
    void whatCannotBeReadGoesOnMarkedWithItsBytesAndTombstonesAreNothing() {
        send("no JSON at all");
        gateway.pipeInput(null, (byte[]) null);

        List<TestRecord<byte[], byte[]>> records = requests.readRecordsToList();

        assertThat(records).hasSize(1);
        assertThat(text(records.get(0).value())).isEqualTo("no JSON at all");
        assertThat(UnreadableMark.read(records.get(0).headers()))
                .hasValueSatisfying(cause -> assertThat(cause).isNotBlank().endsWith("."));
        assertThat(header(records.get(0).headers(), "ce_source")).isEqualTo("gateway");
    }

    @Test
    void piecesThatNoSourceAddsToAreLetGoAfterAWhile() {
        send(Forms.span(event(1), false));
        send(Forms.log(event(1), false));
        assertThat(requests.isEmpty()).isTrue();

        driver.advanceWallClockTime(Duration.ofSeconds(20));
        assertThat(requests.isEmpty()).as("pieces may still come").isTrue();
        for (int look = 0; look < 6; look++) {
            driver.advanceWallClockTime(Duration.ofSeconds(5));
        }

        RequestEvent joined = read(requests.readRecord());
        assertThat(joined.getPrompt()).isEqualTo("Question 1");
        assertThat(joined.getOutputTokens()).isEqualTo(10);
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void whatIsNoPieceDoesNotStopTheJoin() {
        pieces.pipeInput(null, bytes("something else"));

        assertThat(UnreadableMark.read(requests.readRecord().headers())).isPresent();
    }

    /** As much of a store as is used. */
    private static final class Memory implements KeyValueStore<Bytes, byte[]> {
        private final TreeMap<Bytes, byte[]> kept = new TreeMap<>();

        @Override
        public void put(Bytes key, byte[] value) {
            kept.put(key, value);
        }

        @Override
        public byte[] putIfAbsent(Bytes key, byte[] value) {
            return kept.putIfAbsent(key, value);
        }

        @Override
        public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
            entries.forEach(entry -> kept.put(entry.key, entry.value));
        }

        @Override
        public byte[] delete(Bytes key) {
            return kept.remove(key);
        }

        @Override
        public byte[] get(Bytes key) {
            return kept.get(key);
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> all() {
            var entries = new ArrayList<>(kept.entrySet()).iterator();
            return new KeyValueIterator<>() {
                @Override
                public void close() {}

                @Override
                public Bytes peekNextKey() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public KeyValue<Bytes, byte[]> next() {
                    Map.Entry<Bytes, byte[]> entry = entries.next();
                    return KeyValue.pair(entry.getKey(), entry.getValue());
                }
            };
        }

        @Override
        public long approximateNumEntries() {
            return kept.size();
        }

        @Override
        public String name() {
            return PieceStore.NAME;
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {}

        // the interface asks for it until it is gone
        @Override
        @Deprecated
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }

    private static PieceJoin join(Memory memory) {
        PieceStore store = new PieceStore(memory);
        PieceJoin join = PieceJoin.ofSources(AccountChoice.BY_FORMAT, PieceJoin.WAIT, 1 << 20, store);
        store.restore(join, new PieceCodec(IngestOptions.DEFAULT));
        return join;
    }

    @Test
    void aRestartAfterAnyPieceChangesNothing() {
        List<Piece> all = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            List<String> told =
                    new ArrayList<>(List.of(Forms.span(event(number), false), Forms.log(event(number), false)));
            Collections.shuffle(told, new Random(number));
            for (String batch : told) {
                Position at = Position.offset(batch.contains("Logs") ? "otlp_logs" : "otlp_spans", 0, number);
                new PayloadReader(IngestOptions.DEFAULT)
                        .readWhole(bytes(batch), at)
                        .forEach(one -> all.add(((Ingested.Part) one).piece()));
            }
        }

        List<String> whole = run(all, false);
        List<String> restarted = run(all, true);

        assertThat(whole).hasSize(40);
        assertThat(restarted).isEqualTo(whole);
    }

    private static List<String> run(List<Piece> all, boolean restarting) {
        Memory memory = new Memory();
        PieceJoin join = join(memory);
        List<String> told = new ArrayList<>();
        for (Piece piece : all) {
            join.take(piece).forEach(one -> told.add(one.toString()));
            join = restarting ? join(memory) : join;
        }
        join.finish().forEach(one -> told.add(one.toString()));
        return told;
    }
}
