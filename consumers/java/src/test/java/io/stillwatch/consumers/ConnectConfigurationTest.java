package io.stillwatch.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The connectors' own classes are in no Maven repository, so their configurations are held to the names and values that
 * their makers document: what a connector does not know it would ignore without a word.
 */
class ConnectConfigurationTest {
    private static final Path DIRECTORY = Path.of("../connect");

    private static final String ANY = ".+";
    private static final String BOOLEAN = "true|false";
    private static final String COUNT = "[0-9]+";
    private static final String URL = "https://[a-z.]+(:[0-9]+)?(/[a-z]+)?";
    private static final String SECRET = "(Bearer )?\\$\\{env:STILLWATCH_SINK_[A-Z]+}";

    /** Kafka Connect's own, for every sink (Apache Kafka documentation, "Sink Connector Configs"). */
    private static final Map<String, String> OF_ANY_SINK = Map.ofEntries(
            Map.entry("connector.class", ANY),
            Map.entry("tasks.max", "1"),
            Map.entry("topics", "stillwatch\\.alerts\\.ocsf"),
            Map.entry("key.converter", "org\\.apache\\.kafka\\.connect\\.storage\\.StringConverter"),
            Map.entry(
                    "value.converter",
                    "org\\.apache\\.kafka\\.connect\\.(storage\\.StringConverter|json\\.JsonConverter)"),
            Map.entry("value.converter.schemas.enable", "false"),
            Map.entry("errors.tolerance", "all"),
            Map.entry("errors.deadletterqueue.topic.name", "stillwatch\\.connect\\.[a-z]+\\.dead-letters"),
            Map.entry("errors.deadletterqueue.topic.replication.factor", COUNT),
            Map.entry("errors.deadletterqueue.context.headers.enable", "true"),
            Map.entry("errors.log.enable", "true"),
            Map.entry("errors.log.include.messages", "false"));

    /** Elasticsearch sink of Confluent and OpenSearch sink of Aiven: the second began as the first. */
    private static final Map<String, String> OF_A_SEARCH_SINK = Map.ofEntries(
            Map.entry("connection.url", URL),
            Map.entry("connection.username", ANY),
            Map.entry("connection.password", SECRET),
            Map.entry("batch.size", COUNT),
            Map.entry("max.retries", COUNT),
            Map.entry("retry.backoff.ms", COUNT),
            Map.entry("key.ignore", BOOLEAN),
            Map.entry("schema.ignore", BOOLEAN),
            Map.entry("behavior.on.null.values", "ignore|delete|fail"),
            Map.entry("behavior.on.malformed.documents", "ignore|warn|fail"));

    private static final Map<String, Map<String, String>> OF_CONNECTOR = Map.of(
            // github.com/Aiven-Open/http-connector-for-apache-kafka, docs/sink-connector-config-options.rst
            "io.aiven.kafka.connect.http.HttpSinkConnector",
            Map.ofEntries(
                    Map.entry("http.url", URL),
                    Map.entry("http.authorization.type", "none|oauth2|static"),
                    Map.entry("http.headers.authorization", SECRET),
                    Map.entry("http.headers.content.type", ANY),
                    Map.entry("http.headers.additional", ANY),
                    Map.entry("http.timeout", COUNT),
                    Map.entry("batching.enabled", BOOLEAN),
                    Map.entry("batch.max.size", COUNT),
                    Map.entry("kafka.retry.backoff.ms", COUNT),
                    Map.entry("max.retries", COUNT),
                    Map.entry("retry.backoff.ms", COUNT)),
            // docs.confluent.io/kafka-connectors/elasticsearch/current/configuration_options.html
            "io.confluent.connect.elasticsearch.ElasticsearchSinkConnector",
            OF_A_SEARCH_SINK,
            // github.com/Aiven-Open/opensearch-connector-for-apache-kafka, docs
            "io.aiven.kafka.connect.opensearch.OpensearchSinkConnector",
            OF_A_SEARCH_SINK,
            // github.com/splunk/kafka-connect-splunk, README
            "com.splunk.kafka.connect.SplunkSinkConnector",
            Map.ofEntries(
                    Map.entry("splunk.hec.uri", URL),
                    Map.entry("splunk.hec.token", SECRET),
                    Map.entry("splunk.hec.raw", BOOLEAN),
                    Map.entry("splunk.hec.ack.enabled", BOOLEAN),
                    Map.entry("splunk.hec.ssl.validate.certs", BOOLEAN),
                    Map.entry("splunk.indexes", ANY),
                    Map.entry("splunk.sources", ANY),
                    Map.entry("splunk.sourcetypes", ANY)));

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "io.aiven.kafka.connect.http.HttpSinkConnector", List.of("http.url", "http.authorization.type"),
            "io.confluent.connect.elasticsearch.ElasticsearchSinkConnector", List.of("connection.url"),
            "io.aiven.kafka.connect.opensearch.OpensearchSinkConnector", List.of("connection.url"),
            "com.splunk.kafka.connect.SplunkSinkConnector", List.of("splunk.hec.uri", "splunk.hec.token"));

    static List<Path> configurations() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aConnectorIsToldOnlyWhatItDocuments(Path file) throws IOException {
        Map<String, String> config = config(file);
        String connector = config.get("connector.class");
        assertThat(OF_CONNECTOR).containsKey(connector);
        Map<String, String> known = new TreeMap<>(OF_ANY_SINK);
        known.putAll(OF_CONNECTOR.get(connector));

        assertThat(known).containsKeys(config.keySet().toArray(String[]::new));
        assertThat(config.keySet()).containsAll(REQUIRED.get(connector));
        config.forEach((name, value) -> assertThat(value).as(name).matches(known.get(name)));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void whatCannotBeReadIsKeptAndNotLogged(Path file) throws IOException {
        assertThat(config(file))
                .containsEntry("errors.tolerance", "all")
                .containsKey("errors.deadletterqueue.topic.name")
                .containsEntry("errors.log.include.messages", "false");
    }

    @Test
    void eachConnectorHasAConfigurationAndANameOfItsOwn() throws IOException {
        Set<String> connectors = new TreeSet<>();
        Set<String> names = new HashSet<>();
        for (Path file : configurations()) {
            connectors.add(config(file).get("connector.class"));
            assertThat(names.add(new ObjectMapper()
                            .readTree(file.toFile())
                            .get("name")
                            .asText()))
                    .as(file.toString())
                    .isTrue();
        }

        assertThat(connectors).containsExactlyInAnyOrderElementsOf(OF_CONNECTOR.keySet());
    }

    private static Map<String, String> config(Path file) throws IOException {
        JsonNode config = new ObjectMapper().readTree(file.toFile()).get("config");
        Map<String, String> properties = new TreeMap<>();
        config.properties().forEach(property -> {
            assertThat(property.getValue().isTextual()).as(property.getKey()).isTrue();
            properties.put(property.getKey(), property.getValue().asText());
        });
        return properties;
    }
}
