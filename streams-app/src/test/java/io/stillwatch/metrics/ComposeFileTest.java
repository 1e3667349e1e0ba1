package io.stillwatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docker/compose.yaml says of itself: that it fits together, and that nothing is reached from other machines. */
class ComposeFileTest {
    private static final Path FOLDER = Path.of("../docker");
    private static final String LOOPBACK = "127.0.0.1:";

    private static JsonNode compose;

    @BeforeAll
    static void read() throws IOException {
        compose = yaml("compose.yaml");
    }

    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(FOLDER.resolve(file).toFile());
    }

    /** {@code source:target[:mode]} of all services. */
    private static List<String[]> volumes() {
        List<String[]> volumes = new ArrayList<>();
        for (JsonNode service : compose.path("services")) {
            service.path("volumes")
                    .forEach(volume -> volumes.add(volume.asText().split(":", -1)));
        }
        return volumes;
    }

    @Test
    void everyPortIsOfTheLoopbackInterface() {
        List<String> ports = compose.findValues("ports").stream()
                .flatMap(list -> texts(list).stream())
                .toList();

        assertThat(ports).hasSizeGreaterThan(2).allMatch(port -> port.startsWith(LOOPBACK));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    @Test
    void whatIsMountedIsThereAndReadOnlyOrAVolume() {
        assertThat(volumes()).hasSizeGreaterThan(4).allSatisfy(volume -> {
            if (volume[0].startsWith(".")) {
                assertThat(FOLDER.resolve(volume[0])).exists();
                assertThat(volume).hasSize(3).endsWith("ro");
            } else {
                assertThat(compose.path("volumes").has(volume[0])).as(volume[0]).isTrue();
            }
        });
    }

    @Test
    void everyImageHasAVersion() {
        assertThat(compose.findValuesAsText("image")).allMatch(image -> image.matches("\\S+:(v?[0-9][0-9.]+|local)"));
    }

    @Test
    void grafanaFindsItsDashboardsAndPrometheusAndPrometheusThePipeline() throws IOException {
        String dashboards = yaml("grafana/provisioning/dashboards/stillwatch.yaml")
                .findValue("path")
                .asText();
        assertThat(volumes())
                .anyMatch(volume -> volume[0].equals("./grafana/dashboards") && volume[1].equals(dashboards));

        JsonNode services = compose.path("services");
        for (String watcher : List.of("prometheus", "grafana")) {
            assertThat(services.path(watcher).path("network_mode").asText())
                    .as("health and metrics are told on the loopback interface only")
                    .isEqualTo("service:stillwatch");
            assertThat(texts(services.path(watcher).path("profiles"))).containsExactly("watch");
        }
        assertThat(yaml("grafana/provisioning/datasources/prometheus.yaml")
                        .findValue("url")
                        .asText())
                .isEqualTo("http://" + LOOPBACK + "9090");
        assertThat(texts(services.path("stillwatch").path("ports")))
                .contains(LOOPBACK + "9090:9090", LOOPBACK + "3000:3000");
        assertThat(texts(yaml("prometheus/prometheus.yml").findValue("targets")))
                .containsExactly(LOOPBACK + "9464");
        assertThat(FOLDER.resolve("prometheus")
                        .resolve(texts(yaml("prometheus/prometheus.yml").findValue("rule_files"))
                                .get(0)))
                .exists();
    }
}
