package io.stillwatch.topology.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineTest {
    private final List<String> processed = new ArrayList<>();
    private final Quarantine quarantine = new Quarantine();

    @TempDir
    private Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, String> input;

    private final class Fragile implements Processor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            switch (record.value()) {
                case "deep" -> throw new StackOverflowError();
                case "long" -> throw new OutOfMemoryError("Java heap space");
                case "odd" -> throw new IllegalStateException("nobody thought of this");
                default -> processed.add(record.value());
            }
        }
    }

    /** Begins as a replaced thread does: at the first record that was not committed. */
    @BeforeEach
    void begin() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "dead");
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(Quarantine.CONFIG, quarantine);
        Topology topology = new Topology();
        topology.addSource("in", new StringDeserializer(), new StringDeserializer(), "in");
        topology.addProcessor("fragile", () -> Guarded.of(new Fragile()), "in");
        driver = new TopologyTestDriver(topology, properties);
        input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    }

    @AfterEach
    void end() {
        driver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep", "long", "odd"})
    void aRecordThatFailsCostsAThreadOnceAndGoesToTheDeadLettersThen(String hostile) {
        assertThatThrownBy(() -> input.pipeInput(hostile));
        assertThat(quarantine.answers()).isTrue();
        assertThat(quarantine.answers()).isFalse();

        driver.close();
        begin();
        input.pipeInput(hostile);
        input.pipeInput("good");

        assertThat(processed).containsExactly("good");
        assertThat(quarantine.records()).isEqualTo(1);
        assertThat(driver.createOutputTopic("dead", new StringDeserializer(), new StringDeserializer())
                        .readRecordsToList())
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.value()).isEqualTo(hostile);
                    assertThat(new String(
                                    dead.headers()
                                            .lastHeader(DeadLetterHandler.MESSAGE)
                                            .value(),
                                    StandardCharsets.UTF_8))
                            .contains("Processing the record failed");
                });
    }

    @Test
    void whatWorksIsNotHeldUp() {
        input.pipeInput("good");

        assertThat(processed).containsExactly("good");
        assertThat(quarantine.answers()).isFalse();
    }
}
