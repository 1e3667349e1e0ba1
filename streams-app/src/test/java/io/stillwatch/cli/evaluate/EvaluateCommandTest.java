package io.stillwatch.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.cli.Main;
import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.ingest.RequestEventJson;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateCommandTest {
    private static final String PLAN = """
            name: tiny
            seed: 3
            days: 2
            groups:
              - {persona: chat-user, accounts: 4, requests: 12}
              - {behaviour: templated-augmentation, accounts: 2, requests: 260}
              - {behaviour: code-harvest, accounts: 1, requests: 6}
            """;

    private static final String SIGNATURE = """
            id: forty-requests
            version: 1
            title: Forty requests
            severity: low
            window: PT24H
            condition: requests >= 40.0
            score: "1.0"
            evidence: [requests]
            """;

    private final Streams streams = new Streams();

    @TempDir
    private Path directory;

    private Path plan;
    private Path signatures;

    @BeforeEach
    void writePlan() throws IOException {
        plan = write("tiny.yaml", PLAN);
        signatures = Files.createDirectory(directory.resolve("signatures"));
        Files.writeString(signatures.resolve("forty-requests.yaml"), SIGNATURE);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private int evaluate(String... arguments) {
        return run(Stream.concat(Stream.of("evaluate", "--signatures", signatures.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Main.run(
                Map.of("XDG_STATE_HOME", directory.toString()), Terminal.NONE, streams.out(), streams.err(), arguments);
    }

    @Test
    void aSimulatedPlanIsMeasuredAgainstItsOwnTruth() {
        assertThat(evaluate("--simulate", plan.toString())).isZero();

        assertThat(streams.printed())
                .contains(
                        "templated-augmentation",
                        "chat-user",
                        "2 of 3: 66.7 % [",
                        "0 of 4: 0 % [",
                        "at an analyst's desk")
                .contains("too few honest accounts to tell", "Missed", "code-harvest");
    }

    @Test
    void aFileGivesTheSameFiguresAsThePlanItWasMadeFrom() throws Exception {
        Path events = directory.resolve("tiny.jsonl.gz");
        Path fromFile = directory.resolve("file.json");
        Path fromPlan = directory.resolve("plan.json");

        assertThat(run("simulate", plan.toString(), "--output", events.toString()))
                .isZero();
        assertThat(evaluate(events.toString(), "--output", fromFile.toString())).isZero();
        assertThat(evaluate("--simulate", plan.toString(), "--output", fromPlan.toString()))
                .isZero();

        assertThat(evaluation(fromFile).get("figures"))
                .isEqualTo(evaluation(fromPlan).get("figures"));
        assertThat(evaluation(fromFile)
                        .get("figures")
                        .get("detection.templated-augmentation")
                        .doubleValue())
                .isEqualTo(1);
    }

    @Test
    void whatIsRepeatedIsToldAndWhereNothingCountsThereIsNothingToJudge() throws Exception {
        Path events = directory.resolve("tiny.jsonl");
        assertThat(run("simulate", plan.toString(), "--output", events.toString()))
                .isZero();
        List<String> lines = Files.readAllLines(events);
        RequestEvent again = new Simulator(PlanReader.read(PLAN)).events().next();
        again.setEventTime(again.getEventTime() + 3_000);
        Files.write(events, List.of(lines.get(1), RequestEventJson.write(again)), StandardOpenOption.APPEND);

        assertThat(evaluate(events.toString())).isZero();
        assertThat(streams.complained())
                .contains("1 records of ", "1 events of ", " were sent before and did not count again.");

        Files.write(events, List.of("{\"no\": \"account\"}"));
        assertThat(evaluate(events.toString(), "--format", "stillwatch")).isEqualTo(ExitStatus.FAILURE.code());
        assertThat(streams.complained()).contains(" was looked at: none of its events counted");
    }

    private static JsonNode evaluation(Path json) throws IOException {
        return new ObjectMapper().readTree(json.toFile()).get("evaluations").get(0);
    }

    @Test
    void aPageHasNoScript() throws Exception {
        Path page = directory.resolve("page.html");

        assertThat(evaluate("--simulate", plan.toString(), "--output", page.toString()))
                .isZero();

        assertThat(Files.readString(page))
                .contains("<svg", "templated-augmentation")
                .doesNotContain("<script");
    }

    @Test
    void figuresBelowTheirFloorsAreNamedAndExitWithOne() throws Exception {
        Path floors = write("floors.yaml", """
                detection: {least: 0.9}
                false_positives: {most: 0.1}
                no_such_figure: {least: 0.5}
                """);

        assertThat(evaluate("--simulate", plan.toString(), "--floors", floors.toString()))
                .isEqualTo(ExitStatus.FAILURE.code());

        assertThat(streams.complained())
                .contains("detection is 0.6667 and must be at least 0.9000", "no_such_figure")
                .doesNotContain("false_positives");
    }

    @Test
    void aDisguiseIsOneLineBesideTheTrafficAsItIs() {
        assertThat(evaluate(
                        "--simulate", plan.toString(), "--disguise", "enduser+repeat=0.5,neutral", "--threads", "2"))
                .isZero();

        assertThat(streams.printed().lines().map(line -> line.replaceAll(" +", " ")))
                .filteredOn(line -> line.contains("tiny.yaml"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("as it is 2 0 3", "0 0 4"),
                        line -> assertThat(line).contains("enduser+repeat=0.5 2 0 3", "0 0 4"),
                        line -> assertThat(line).contains("neutral 2 0 3", "0 0 4"),
                        line -> assertThat(line).contains("as it is any alert 2 ", "2 of 2: 100 %"),
                        line -> assertThat(line).contains("as it is above low 0 "),
                        line -> assertThat(line).contains("enduser+repeat=0.5 any alert 2 "),
                        line -> assertThat(line).contains("enduser+repeat=0.5 above low 0 "),
                        line -> assertThat(line).contains("neutral any alert 2 "),
                        line -> assertThat(line).contains("neutral above low 0 "));
    }

    @Test
    void leavingHonestAccountsOutTellsTheSame() {
        assertThat(evaluate("--simulate", plan.toString(), "--disguise", "each"))
                .isZero();
        String all = streams.printed();
        assertThat(evaluate("--simulate", plan.toString(), "--disguise", "each", "--hostile-only"))
                .isZero();

        assertThat(streams.printed()).isEqualTo(all + all);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            evaluate                                              | Name files of events, or a plan with --simulate.
            evaluate a.jsonl b.jsonl --truth a.csv                | Give --truth once for each of the 2 files
            evaluate --simulate small --output table.txt          | end the name in .json or .html.
            evaluate --adversary --simulate small                 | --adversary makes up its own traffic
            evaluate --simulate small --disguise moustache        | 'moustache' is no disguise; join some of enduser,
            evaluate --simulate small --disguise repeat=2         | 'repeat=2' is no disguise
            evaluate --simulate small --hostile-only              | --hostile-only and --threads are for --disguise
            evaluate --adversary --hiding moustache               | There is no way to hide named moustache; there are claims,
            evaluate --simulate small --prevalence 1              | --prevalence must be above 0 and below 1.
            evaluate --adversary --accounts 0                     | --accounts must be 1 to 1000.
            evaluate --adversary --output prices.html             | --output must end in .json.
            """)
    void wrongUsageIsOneSentenceAndExitStatusTwo(String commandLine, String sentence) {
        assertThat(run(commandLine.split(" "))).isEqualTo(ExitStatus.USAGE.code());

        assertThat(streams.printed()).isEmpty();
        assertThat(streams.complained()).contains(sentence).hasLineCount(1);
    }

    @Test
    void eventsWithoutTruthAreNotEvaluated() throws Exception {
        Path events = write("lonely.jsonl", "");

        assertThat(run("evaluate", events.toString())).isEqualTo(ExitStatus.FAILURE.code());

        assertThat(streams.complained()).contains("lonely.truth.csv").doesNotContain("Exception");
    }
}
