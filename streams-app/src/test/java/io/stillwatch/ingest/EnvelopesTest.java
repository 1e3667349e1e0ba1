package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every envelope with the records of every format, and envelopes within envelopes: what is inside comes out as it would bare. */
class EnvelopesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/ingest");
    private static final ObjectMapper JSON = new ObjectMapper();

    static final Map<String, UnaryOperator<String>> ENVELOPES = envelopes();

    private static Map<String, UnaryOperator<String>> envelopes() {
        Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
        all.put(
                "docker",
                line -> object("{\"log\":%s,\"stream\":\"stdout\",\"time\":\"2026-11-02T09:30:00Z\"}", line + "\n"));
        all.put(
                "filebeat",
                line -> object(
                        "{\"@timestamp\":\"2026-11-02T09:30:00Z\",\"agent\":{\"type\":\"filebeat\"},\"message\":%s}",
                        line));
        all.put(
                "fluent-bit",
                line -> object("{\"date\":1793611800.5,\"log\":%s,\"kubernetes\":{\"pod_name\":\"p\"}}", line));
        all.put(
                "datadog",
                line -> object(
                        "{\"ddsource\":\"gateway\",\"service\":\"s\",\"status\":\"info\",\"message\":%s}", line));
        all.put(
                "cloud-logging",
                line -> raw(
                        "{\"insertId\":\"i\",\"logName\":\"l\",\"timestamp\":\"2026-11-02T09:30:00Z\",\"jsonPayload\":%s}",
                        line));
        all.put(
                "cloud-logging-text",
                line -> object(
                        "{\"insertId\":\"i\",\"logName\":\"l\",\"timestamp\":\"2026-11-02T09:30:00Z\",\"textPayload\":%s}",
                        line));
        all.put("elasticsearch", line -> raw("{\"_index\":\"logs\",\"_id\":\"1\",\"_source\":%s}", line));
        all.put(
                "search-result",
                line -> raw("{\"took\":1,\"hits\":{\"hits\":[{\"_index\":\"logs\",\"_source\":%s}]}}", line));
        all.put(
                "cloudwatch",
                line -> object(
                        "{\"logGroup\":\"g\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":1793611800000,\"message\":%s}]}",
                        line));
        all.put(
                "firehose",
                line -> object(
                        "{\"requestId\":\"r\",\"records\":[{\"data\":%s}]}",
                        Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8))));
        all.put(
                "kcat",
                line -> object(
                        "{\"topic\":\"t\",\"partition\":0,\"offset\":7,\"ts\":1793611800000,\"key\":null,\"payload\":%s}",
                        line));
        all.put("kafka-connect", line -> raw("{\"schema\":null,\"payload\":%s}", line));
        all.put(
                "cloudevent",
                line -> raw(
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\",\"data\":%s}", line));
        all.put(
                "pub-sub",
                line -> object(
                        "{\"subscription\":\"s\",\"message\":{\"messageId\":\"1\",\"data\":%s}}",
                        Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8))));
        all.put(
                "loki",
                line -> object(
                        "{\"streams\":[{\"stream\":{\"app\":\"g\"},\"values\":[[\"1793611800000000000\",%s]]}]}",
                        line));
        all.put("splunk", line -> object("{\"result\":{\"_raw\":%s,\"sourcetype\":\"json\"}}", line));
        all.put(
                "vector",
                line -> object("{\"host\":\"h\",\"source_type\":\"file\",\"file\":\"f\",\"message\":%s}", line));
        return all;
    }

    private static String object(String envelope, String line) {
        return raw(envelope, JsonNodeFactory.instance.textNode(line).toString());
    }

    private static String raw(String envelope, String inside) {
        return envelope.replace("%s", inside);
    }

    /** Records of a format that come out as requests, each by itself. */
    private static List<String> records(InputFormat format) throws IOException {
        List<String> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(GOLDEN.resolve(format.id()))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                    .filter(path -> !path.toString().contains("expected"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (isPlainObject(line) && events(line, format).size() == 1) {
                        records.add(line);
                    }
                }
            }
        }
        return records;
    }

    private static boolean isPlainObject(String line) {
        try {
            return line.startsWith("{") && JSON.readTree(line).toString().length() > 10;
        } catch (IOException odd) {
            return false;
        }
    }

    private static List<RequestEvent> events(String line, InputFormat format) {
        List<RequestEvent> events = Reading.events(
                Reading.all(line.getBytes(StandardCharsets.UTF_8), Optional.of(format), IngestLimits.DEFAULT));
        // A number in an attribute may be written otherwise (2.50 as 2.5).
        events.forEach(event -> event.getAttributes().remove("route"));
        return events;
    }

    @ParameterizedTest
    // A row of Azure's tables is no request by itself.
    @EnumSource(value = InputFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "APIM")
    void whatIsInAnEnvelopeComesOutAsItWouldBare(InputFormat format) throws IOException {
        Random random = new Random(7);
        List<String> records = records(format);
        assertThat(records).as("samples of %s", format.id()).isNotEmpty();
        List<String> names = List.copyOf(ENVELOPES.keySet());
        for (int run = 0; run < 60; run++) {
            String bare = records.get(random.nextInt(records.size()));
            List<String> around = new ArrayList<>();
            String wrapped = bare;
            int depth = 1 + random.nextInt(2);
            for (int level = 0; level < depth; level++) {
                String name = names.get(random.nextInt(names.size()));
                around.add(name);
                wrapped = ENVELOPES.get(name).apply(wrapped);
            }

            List<RequestEvent> read = events(wrapped, format);

            assertThat(read).as("%s in %s: %s", format.id(), around, wrapped).isEqualTo(events(bare, format));
        }
    }
}
