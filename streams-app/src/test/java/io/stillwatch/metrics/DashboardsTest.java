package io.stillwatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files that are given to Grafana, Prometheus and operators, against what the program measures. */
class DashboardsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("../docker/grafana/dashboards");
    private static final Path RULES = Path.of("../docker/prometheus/stillwatch-alerts.yml");
    private static final Path PAGE = Path.of("../docs/metrics.md");
    private static final Path SCHEMAS = Path.of("../../shared/data/schemas/grafana");
    private static final boolean UPDATE = Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"));
    private static final Pattern OURS = Pattern.compile("\\b(?:stillwatch|process_resident)_[a-z_]+");

    private static String text(JsonNode json) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        return JSON.writer(printer).writeValueAsString(json) + "\n";
    }

    private static void golden(Path file, String text) throws IOException {
        if (UPDATE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file).content().isEqualTo(text);
    }

    @Test
    void theFilesAreThoseOfTheDashboards() throws IOException {
        for (Dashboards.Dashboard dashboard : Dashboards.all()) {
            golden(FOLDER.resolve(dashboard.uid() + ".json"), text(Dashboards.json(dashboard)));
        }
    }

    @Test
    void grafanaTakesThemByItsOwnSchema() throws IOException {
        assumeTrue(Files.isDirectory(SCHEMAS), "Grafana's schemas are not there");
        JsonSchema dashboards = JsonSchema.read(SCHEMAS.resolve("dashboard.jsonschema.json"));
        JsonSchema queries = JsonSchema.read(SCHEMAS.resolve("prometheus.jsonschema.json"));
        for (Dashboards.Dashboard dashboard : Dashboards.all()) {
            ObjectNode json = Dashboards.json(dashboard);
            assertThat(dashboards.problems(json)).as(dashboard.title()).isEmpty();
            for (JsonNode panel : json.get("panels")) {
                JsonSchema options =
                        JsonSchema.read(SCHEMAS.resolve(panel.get("type").textValue() + ".jsonschema.json"));
                assertThat(options.problems(panel.get("options")))
                        .as(panel.get("title").textValue())
                        .isEmpty();
                for (JsonNode target : panel.get("targets")) {
                    assertThat(queries.problems(target)).as(target.toString()).isEmpty();
                }
            }
        }
        ObjectNode broken = Dashboards.json(Dashboards.all().get(0));
        broken.put("colour", "blue").put("refresh", 30);
        assertThat(dashboards.problems(broken)).hasSize(2);
    }

    /** The names in all queries of dashboards and rules. */
    private static Set<String> asked() throws IOException {
        Set<String> names = new TreeSet<>();
        List<String> expressions = new ArrayList<>();
        Dashboards.all()
                .forEach(dashboard -> dashboard
                        .panels()
                        .forEach(panel -> panel.queries().forEach(query -> expressions.add(query.expression()))));
        rules().forEach(rule -> expressions.add(rule.get("expr").textValue()));
        for (String expression : expressions) {
            Matcher matcher = OURS.matcher(expression.replaceAll("\"[^\"]*\"", ""));
            while (matcher.find()) {
                names.add(matcher.group());
            }
        }
        return names;
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        new ObjectMapper(new YAMLFactory())
                .readTree(RULES.toFile())
                .get("groups")
                .forEach(group -> group.get("rules").forEach(rules::add));
        return rules;
    }

    @Test
    void everyQueryAsksForMetricsThatThereAre() throws IOException {
        Set<String> known = new HashSet<>();
        for (MetricNames.Metric metric : MetricNames.all()) {
            known.add(metric.prometheus());
            if (metric.kind() == MetricNames.Kind.HISTOGRAM) {
                Stream.of("_bucket", "_count", "_sum").forEach(part -> known.add(metric.prometheus() + part));
            }
        }

        assertThat(known).containsAll(asked());
    }

    @Test
    void everyAlertRuleHasAPageThatSaysWhatToDoAndNoPageIsLeftOver() throws IOException {
        Set<String> pages = new TreeSet<>();
        for (JsonNode rule : rules()) {
            Path page =
                    Path.of("..").resolve(rule.at("/annotations/runbook_url").textValue());
            assertThat(page.getFileName()).hasToString(rule.get("alert").textValue() + ".md");
            assertThat(page)
                    .content()
                    .contains("What to do")
                    .contains(rule.get("expr").textValue())
                    .contains(rule.at("/annotations/summary").textValue());
            pages.add(page.getFileName().toString());
        }
        try (Stream<Path> files = Files.list(Path.of("../docs/runbooks"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(pages);
        }
    }

    @Test
    void thePageForOperatorsListsEveryMetric() throws IOException {
        String table = MetricNames.all().stream()
                .map(metric -> "| `" + metric.prometheus() + "` | "
                        + metric.kind().name().toLowerCase(Locale.ROOT) + " | "
                        + String.join(", ", metric.labels()) + " | " + metric.help() + " |\n")
                .collect(Collectors.joining());
        String page = Files.readString(PAGE);
        String begin = "| metric | kind | labels | meaning |\n|---|---|---|---|\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("\n\n", from) + 1;

        golden(PAGE, page.substring(0, from) + table + page.substring(to));
    }

    @Test
    void aRegistryShowsThemUnderTheseNamesWithTheseLabels() {
        try (Meters meters = new Meters(Optional.empty(), "1")) {
            for (MetricNames.Metric metric : List.of(
                    MetricNames.REQUESTS,
                    MetricNames.LOSSES,
                    MetricNames.LOOK,
                    MetricNames.CACHE_BYTES,
                    MetricNames.BUILD,
                    MetricNames.EVENT_TIME_LAG,
                    MetricNames.DECISIONS)) {
                assertThat(meters.scrape()).contains("\n# TYPE " + metric.prometheus() + " ");
                metric.labels()
                        .forEach(label -> assertThat(meters.scrape())
                                .containsPattern("\n" + metric.prometheus() + "\\{[^}]*" + label + "=\""));
            }
        }
    }

    @Test
    void namesOfSignaturesThatAnybodyMayChooseDoNotFillTheMetrics() {
        try (Meters meters = new Meters(Optional.empty(), "1")) {
            for (int number = 0; number < 2_000; number++) {
                meters.pipeline().found("signature-" + number, "high");
            }

            assertThat(meters.scrape().lines().filter(line -> line.startsWith("stillwatch_findings_total{")))
                    .hasSizeLessThanOrEqualTo(201)
                    .anyMatch(line -> line.contains("signature=\"other\""));
        }
    }
}
