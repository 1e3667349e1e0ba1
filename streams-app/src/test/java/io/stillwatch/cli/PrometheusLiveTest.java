package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.stillwatch.console.ForgingClient;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.metrics.Dashboards;
import io.stillwatch.replay.Feeder;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that scrapes a running pipeline with real traffic in it: every query of what ships says something. */
@Tag("broker")
@Tag("slow")
@Timeout(420)
class PrometheusLiveTest {
    private static final Path TRAFFIC = Path.of("../../shared/data/traffic/mixed-small.jsonl.gz");
    private static final long PATIENCE_NANOS = 240_000_000_000L;
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:stillwatch|jvm|process|kafka|up)[a-z_]*\\b(?=[\\[{ ]|$|\\))");

    @TempDir
    private Path directory;

    private static String asked(String expression) {
        return expression.replace("$__rate_interval", "1m");
    }

    /** Sends traffic in such a way that its last events are of now, so that delays can be told. */
    private static void feed(WatchedPipeline pipeline, Feeder feeder) throws InterruptedException {
        List<RequestEvent> events = new ArrayList<>();
        if (Files.exists(TRAFFIC)) {
            try (LogFiles files = LogFiles.open(List.of(TRAFFIC.toString()), IngestOptions.DEFAULT)) {
                files.forEachRemaining(read -> {
                    if (read instanceof Ingested.Accepted accepted) {
                        events.add(accepted.event());
                    }
                });
            }
        }
        long newestMs =
                events.stream().mapToLong(RequestEvent::getEventTime).max().orElse(0);
        long shiftMs = System.currentTimeMillis() - newestMs;
        for (RequestEvent event : events) {
            event.setEventTime(event.getEventTime() + shiftMs);
            feeder.send(event);
        }
        for (int number = 0; number < 400; number++) {
            feeder.send(harvest("harvester", number));
        }
        feeder.flush();
        while (pipeline.session().waiting() > 0) {
            Thread.sleep(200);
        }
    }

    private static RequestEvent harvest(String account, int number) {
        return RequestEvent.newBuilder()
                .setEventId(account + "-" + number)
                .setEventTime(System.currentTimeMillis())
                .setAccountId(account)
                .setModel("m-1")
                .setPrompt("Let's think step by step. Explain your reasoning in detail before the answer to question "
                        + number * 7919L + ": how many ways are there to put " + number + " balls into "
                        + (number % 17 + 2) + " boxes?")
                .setMaxTokens(4_096)
                .setOutputTokens(1_500L)
                .build();
    }

    @Test
    void everyQueryOfDashboardsAndRulesSaysSomethingAboutARunningPipeline() throws Exception {
        boolean required = Boolean.getBoolean("stillwatch.prometheus.required");
        assumeTrue(required || PrometheusServer.program("prometheus").isPresent(), "Prometheus is not installed");
        long began = System.currentTimeMillis() / 1_000;
        try (StubModel receiver = new StubModel();
                WatchedPipeline pipeline = new WatchedPipeline(directory.resolve("data"), receiver.port(), Map.of());
                PrometheusServer prometheus = PrometheusServer.start(
                        Files.createDirectory(directory.resolve("prometheus")), pipeline.managementPort())) {
            Feeder feeder = pipeline.feeder();
            feed(pipeline, feeder);
            List<String> silent = new ArrayList<>();
            long until = System.nanoTime() + PATIENCE_NANOS;
            int number = 400;
            do {
                // Rates need something that goes on.
                for (int more = 0; more < 40; more++) {
                    feeder.send(harvest("late-harvester-" + number / 400, number++));
                }
                ForgingClient.authorize(pipeline.gatewayPort(), List.of("x-account-id: harvester"));
                ForgingClient.authorize(pipeline.gatewayPort(), List.of("x-account-id: nobody"));
                Thread.sleep(2_000);
                silent.clear();
                silent.addAll(silent(prometheus));
            } while (!silent.isEmpty() && System.nanoTime() < until);

            draw(prometheus, began);
            assertThat(silent).isEmpty();
            assertThat(prometheus.rules().at("/0/rules"))
                    .hasSize(14)
                    .allSatisfy(
                            rule -> assertThat(rule.get("health").textValue()).isEqualTo("ok"));
            assertThat(pipeline.metrics()).doesNotContain("harvester").doesNotContain("nobody");
            System.out.printf(
                    "event to alert: half %s s, 99 of 100 %s s, of %s alerts%n",
                    value(
                            prometheus,
                            "histogram_quantile(0.5, sum by (le) (stillwatch_event_to_alert_seconds_bucket))"),
                    value(
                            prometheus,
                            "histogram_quantile(0.99, sum by (le) (stillwatch_event_to_alert_seconds_bucket))"),
                    value(prometheus, "sum(stillwatch_event_to_alert_seconds_count)"));
        }
    }

    private static String value(PrometheusServer prometheus, String expression) throws InterruptedException {
        return prometheus.query(expression).at("/0/value/1").asText("-");
    }

    /** Queries that give nothing, or nothing but what is no number. */
    private static List<String> silent(PrometheusServer prometheus) throws Exception {
        List<String> silent = new ArrayList<>();
        for (Dashboards.Dashboard dashboard : Dashboards.all()) {
            for (Dashboards.Panel panel : dashboard.panels()) {
                for (Dashboards.Query query : panel.queries()) {
                    if (!says(prometheus.query(asked(query.expression())))) {
                        silent.add(dashboard.uid() + ", " + panel.title() + ": " + query.expression());
                    }
                }
            }
        }
        // A rule's expression is empty while all is well; what it asks about must be there.
        for (JsonNode rule : new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("../docker/prometheus/stillwatch-alerts.yml").toFile())
                .at("/groups/0/rules")) {
            Matcher metrics = METRIC.matcher(rule.get("expr").textValue().replaceAll("\"[^\"]*\"", ""));
            TreeSet<String> names = new TreeSet<>();
            while (metrics.find()) {
                names.add(metrics.group());
            }
            assertThat(names).as(rule.get("alert").textValue()).isNotEmpty();
            for (String name : names) {
                if (!says(prometheus.query(name))) {
                    silent.add(rule.get("alert").textValue() + ": " + name);
                }
            }
        }
        return silent;
    }

    private static boolean says(JsonNode series) {
        for (JsonNode one : series) {
            if (!one.at("/value/1").asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    /** Leaves what the dashboards show, for whoever wants to look at it. */
    private static void draw(PrometheusServer prometheus, long began) throws IOException, InterruptedException {
        Optional<String> target = Optional.ofNullable(System.getProperty("stillwatch.dashboards.data"));
        if (target.isEmpty()) {
            return;
        }
        ObjectNode all = new ObjectMapper().createObjectNode();
        for (Dashboards.Dashboard dashboard : Dashboards.all()) {
            ObjectNode panels = all.putObject(dashboard.title());
            for (Dashboards.Panel panel : dashboard.panels()) {
                ObjectNode shown = panels.putObject(panel.title() + " [" + panel.unit() + ", " + panel.type() + "]");
                for (Dashboards.Query query : panel.queries()) {
                    shown.set(
                            query.legend(),
                            prometheus.range(asked(query.expression()), began, System.currentTimeMillis() / 1_000));
                }
            }
        }
        Files.writeString(Path.of(target.get()), all.toString());
    }

    @Test
    void promtoolFindsNothingWrongWithTheRules() throws Exception {
        boolean required = Boolean.getBoolean("stillwatch.prometheus.required");
        Optional<Path> promtool = PrometheusServer.program("promtool");
        assumeTrue(required || promtool.isPresent(), "promtool is not installed");
        for (List<String> check : List.of(
                List.of("check", "rules", "../docker/prometheus/stillwatch-alerts.yml"),
                List.of("check", "config", "../docker/prometheus/prometheus.yml"))) {
            List<String> command =
                    new ArrayList<>(List.of(promtool.orElseThrow().toString()));
            command.addAll(check);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isZero();
        }
    }
}
