package io.stillwatch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stillwatch.ingest.Forms;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipes of {@code docs/recipes}: that they can be parsed, name what they must, and lead where something answers. */
class RecipesTest {
    private static final Path FOLDER = Path.of("../docs/recipes");
    private static final String TOKEN = "PUT-THE-TOKEN-HERE";
    private static final RequestEvent EVENT = Forms.common(
            RequestEvent.newBuilder()
                    .setEventTime(1_790_000_000_000L)
                    .setAccountId("acct-1")
                    .setPrompt("How do tides work?")
                    .setMaxTokens(900)
                    .setTemperature(0.5)
                    .setInputTokens(14L)
                    .setOutputTokens(210L)
                    .build(),
            "acct-1",
            1);

    private final List<Ingested> kept = Collections.synchronizedList(new ArrayList<>());
    private IntakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = IntakeServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                told -> {
                    kept.addAll(told);
                    return CompletableFuture.completedFuture(null);
                },
                Optional.of(new BearerToken(TOKEN)),
                IntakeLimits.DEFAULT,
                IngestOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static JsonNode yaml(String name) throws IOException {
        return new YAMLMapper().readTree(FOLDER.resolve(name).toFile());
    }

    /** Posts where a recipe points to, with the headers that it names. */
    private void post(String endpoint, String authorization, String type, String body) throws Exception {
        URI named = URI.create(endpoint);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + named.getPath()))
                                .header("Content-Type", type)
                                .header("Authorization", authorization)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(named.getPort()).isEqualTo(4318);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(kept).isNotEmpty().noneMatch(Ingested.Rejected.class::isInstance);
    }

    @Test
    void everyRecipeIsListedAndCanBeParsed() throws IOException {
        String list = Files.readString(FOLDER.resolve("README.md"));
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(each -> !each.endsWith("README.md")).toList()) {
                String name = file.getFileName().toString();
                assertThat(list).contains("[" + name + "](" + name + ")");
                if (name.endsWith(".yaml")) {
                    assertThat(yaml(name).isObject()).as(name).isTrue();
                }
            }
        }
    }

    @Test
    void liteLlmPostsArraysOfPayloads() throws Exception {
        JsonNode recipe = yaml("litellm.yaml");
        String callback = recipe.at("/litellm_settings/callbacks/0").asText();
        JsonNode settings = recipe.path("callback_settings").path(callback);

        assertThat(settings.path("callback_type").asText()).isEqualTo("generic_api");
        assertThat(settings.path("log_format").asText()).isEqualTo("json_array");
        post(
                settings.path("endpoint").asText(),
                settings.at("/headers/Authorization").asText().replace("$STILLWATCH_TOKEN", TOKEN),
                settings.at("/headers/Content-Type").asText(),
                "[" + Forms.liteLlm(EVENT) + "]");
    }

    @Test
    void kongPostsItsEntriesWithPayloads() throws Exception {
        JsonNode recipe = yaml("kong.yaml");
        JsonNode log = recipe.at("/plugins/0");

        assertThat(log.path("name").asText()).isEqualTo("http-log");
        assertThat(recipe.at("/services/0/plugins/1/config/logging/log_payloads")
                        .asBoolean())
                .isTrue();
        JsonNode config = log.path("config");
        for (String body : List.of("[" + Forms.kong(EVENT) + "]", Forms.kong(EVENT))) {
            post(
                    config.path("http_endpoint").asText(),
                    config.at("/headers/Authorization").asText(),
                    config.path("content_type").asText(),
                    body);
        }
    }

    @Test
    void collectorsPipelinesNameWhatIsDefined() throws Exception {
        for (String name : List.of("otel-collector.yaml", "otel-collector-kafka.yaml")) {
            JsonNode recipe = yaml(name);
            Set<String> signals = new HashSet<>();
            recipe.at("/service/pipelines").properties().forEach(pipeline -> {
                signals.add(pipeline.getKey());
                for (String part : List.of("receivers", "processors", "exporters")) {
                    pipeline.getValue()
                            .path(part)
                            .forEach(used -> assertThat(recipe.path(part).has(used.asText()))
                                    .as("%s of %s in %s", used.asText(), pipeline.getKey(), name)
                                    .isTrue());
                }
            });
            assertThat(signals).containsExactlyInAnyOrder("traces", "logs");
        }
        JsonNode exporter = yaml("otel-collector.yaml").at("/exporters/otlphttp~1stillwatch");
        String authorization = exporter.at("/headers/Authorization").asText().replace("${env:STILLWATCH_TOKEN}", TOKEN);
        // The exporter puts the signal's path behind the endpoint.
        post(
                exporter.path("endpoint").asText() + "/v1/traces",
                authorization,
                "application/json",
                Forms.span(EVENT, true));
        post(
                exporter.path("endpoint").asText() + "/v1/logs",
                authorization,
                "application/json",
                Forms.log(EVENT, false));
    }

    @Test
    void collectorsOfKafkaWriteTheTopicsThatAreRead() throws Exception {
        JsonNode exporter = yaml("otel-collector-kafka.yaml").at("/exporters/kafka");
        String list = Files.readString(FOLDER.resolve("README.md"));

        for (String signal : List.of("traces", "logs")) {
            assertThat(list)
                    .contains("--source " + exporter.path(signal).path("topic").asText());
            assertThat(exporter.path(signal).path("encoding").asText()).isEqualTo("otlp_proto");
        }
        assertThat(exporter.at("/producer/required_acks").asInt()).isEqualTo(-1);
    }

    @Test
    void environmentsOfSdksLeadToOtlpAndSendNoMetrics() throws Exception {
        Properties app = new Properties();
        try (var reader = Files.newBufferedReader(FOLDER.resolve("app.env"))) {
            app.load(reader);
        }
        Properties envoy = new Properties();
        yaml("envoy-ai-gateway.yaml")
                .at("/extProc/extraEnvVars")
                .forEach(one -> envoy.setProperty(
                        one.path("name").asText(), one.path("value").asText()));
        for (Properties environment : List.of(app, envoy)) {
            assertThat(environment.getProperty("OTEL_METRICS_EXPORTER")).isEqualTo("none");
            assertThat(environment.getProperty("OTEL_EXPORTER_OTLP_PROTOCOL")).isEqualTo("http/protobuf");
            String header = environment.getProperty("OTEL_EXPORTER_OTLP_HEADERS");
            assertThat(header).startsWith("authorization=Bearer%20");
            post(
                    environment.getProperty("OTEL_EXPORTER_OTLP_ENDPOINT") + "/v1/traces",
                    header.substring("authorization=".length()).replace("%20", " "),
                    "application/json",
                    Forms.span(EVENT, true));
        }
        assertThat(yaml("envoy-ai-gateway.yaml")
                        .at("/controller/spanRequestHeaderAttributes")
                        .asText())
                .contains(":account.id");
    }
}
