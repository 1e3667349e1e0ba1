package io.stillwatch.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.ingest.RequestEventJson;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.OfflinePipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process of its own, with a real Kafka in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayRunTest {
    private static final String PLAN = """
            name: replay-test
            seed: 5
            days: 2
            groups:
              - {behaviour: logprob-harvest, accounts: 1, requests: 400}
              - {behaviour: rubric-grading, accounts: 1, requests: 500}
              - {persona: support-bot, accounts: 2, requests: [200, 300]}
              - {persona: chat-user, accounts: 20, requests: [10, 40]}
            """;

    private Path directory;
    private final List<String> lines = new ArrayList<>();
    private String whole;

    private record Run(int status, String output) {}

    @BeforeAll
    void replayTheWholeOnce(@TempDir Path temporary) throws Exception {
        directory = temporary;
        Iterator<RequestEvent> events = new Simulator(PlanReader.read(PLAN)).events();
        while (events.hasNext()) {
            lines.add(RequestEventJson.write(events.next()));
        }
        Run run = replay(
                write("whole.jsonl", lines),
                "--output",
                directory.resolve("whole-alerts.jsonl").toString());
        assertThat(run.output()).contains("0 records rejected");
        assertThat(run.status()).isZero();
        whole = Files.readString(directory.resolve("whole-alerts.jsonl"));
    }

    @Test
    void bothHarvestsAreFoundAndNobodyElse() {
        assertThat(whole.lines().filter(line -> line.contains("\"state\":\"OPENED\"")))
                .hasSize(2);
        assertThat(whole).contains("logprob-harvest").contains("rubric-grading-harvest");
    }

    @Test
    void theSameReplayAgainGivesTheSameBytes() throws Exception {
        Path alerts = directory.resolve("again.jsonl");
        replay(directory.resolve("whole.jsonl"), "--output", alerts.toString());

        assertThat(alerts).hasContent(whole);
    }

    @Test
    @Tag("slow")
    void aReplayThatIsStoppedHalfWayAndGoneOnWithGivesTheSameAlerts() throws Exception {
        Path data = directory.resolve("case");
        Path alerts = directory.resolve("cut.jsonl");
        int half = lines.size() / 2;
        Process first = start(write("first.jsonl", lines.subList(0, half)), "--data-dir", data.toString());
        TimeUnit.SECONDS.sleep(6);
        first.destroy();
        first.waitFor();
        replay(directory.resolve("first.jsonl"), "--data-dir", data.toString());
        replay(
                write("second.jsonl", lines.subList(half, lines.size())),
                "--end",
                "--data-dir",
                data.toString(),
                "--output",
                alerts.toString());

        assertThat(alerts).hasContent(whole);
    }

    @Test
    @Tag("slow")
    void anAlertClosesWhenOthersHaveGoneOnForWeeksThoughMoreOfTheLogMayFollow() throws Exception {
        String harvester = new ObjectMapper()
                .readTree(whole.lines().findFirst().orElseThrow())
                .get("entity_id")
                .textValue();
        List<String> alone = new ArrayList<>();
        List<String> later = new ArrayList<>();
        for (Iterator<RequestEvent> events = new Simulator(PlanReader.read(PLAN)).events(); events.hasNext(); ) {
            RequestEvent event = events.next();
            if (event.getAccountId().equals(harvester)) {
                alone.add(RequestEventJson.write(event));
            } else {
                event.setEventTime(event.getEventTime() + Duration.ofDays(33).toMillis());
                later.add(RequestEventJson.write(event));
            }
        }
        alone.addAll(later);
        Path alerts = directory.resolve("silent.jsonl");

        replay(
                write("silent-log.jsonl", alone),
                "--data-dir",
                directory.resolve("silent").toString(),
                "--output",
                alerts.toString());

        assertThat(Files.readAllLines(alerts).stream()
                        .filter(line -> line.contains(harvester))
                        .map(ReplayRunTest::step))
                .isNotEmpty()
                .last()
                .asString()
                .contains("CLOSED");
    }

    @Test
    @Tag("slow")
    void aReplayOfFilesThatWereReplayedIntoTheDirectorySendsNothingAgain() throws Exception {
        String data = directory.resolve("twice").toString();
        Path half = write("half.jsonl", lines.subList(0, lines.size() / 2));
        Path all = write("all.jsonl", lines);
        replay(half, "--data-dir", data);
        Path alerts = directory.resolve("twice.jsonl");

        Run grown = replay(all, "--end", "--data-dir", data, "--output", alerts.toString());

        assertThat(grown.output())
                .contains(
                        String.format(
                                Locale.ROOT,
                                "%,d of these events were there from an earlier replay and were not sent again.",
                                lines.size() / 2),
                        "0 records rejected")
                .doesNotContain(" late");
        assertThat(alerts).hasContent(whole);
    }

    @Test
    void aReplayGivesTheAlertsOfAnEvaluationDownToTheLastHour() {
        List<String> evaluated = new ArrayList<>();
        try (OfflinePipeline pipeline = new OfflinePipeline(
                SignatureSet.bundled(),
                EvaluationListener.NONE,
                step -> evaluated.add(step.getEntityId() + " " + step.getState() + " " + step.getTime() + " "
                        + step.getRequests()))) {
            new Simulator(PlanReader.read(PLAN)).events().forEachRemaining(pipeline::send);
            pipeline.finish();
        }

        assertThat(whole.lines().map(ReplayRunTest::step)).containsExactlyInAnyOrderElementsOf(evaluated);
    }

    private static String step(String line) {
        try {
            JsonNode alert = new ObjectMapper().readTree(line);
            return alert.get("entity_id").asText() + " " + alert.get("state").asText() + " "
                    + alert.get("time").asLong() + " " + alert.get("requests").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void brokenLinesAreNamedAndTheRestIsProcessed() throws Exception {
        List<String> broken = new ArrayList<>(lines);
        broken.add(10, "{\"no\": \"account\"}");
        broken.add(20, "not json");
        Path alerts = directory.resolve("broken-alerts.jsonl");
        Run run = replay(write("broken.jsonl", broken), "--output", alerts.toString());

        assertThat(run.status()).isEqualTo(ExitStatus.SOME_REJECTED.code());
        assertThat(run.output()).contains("broken.jsonl line 11").contains("broken.jsonl line 21");
        assertThat(run.output()).contains("2 records rejected");
        assertThat(alerts).hasContent(whole);
    }

    @Test
    void theSummaryTellsWhatWasRepeatedAndWhatCameTooLate() throws Exception {
        List<String> again = new ArrayList<>(lines);
        Iterator<RequestEvent> events = new Simulator(PlanReader.read(PLAN)).events();
        for (int at = 0; at < 3; at++) {
            RequestEvent event = events.next();
            // Within the ten seconds in which the same under one id is one request, sent again.
            event.setEventTime(event.getEventTime() + 3_000);
            again.add(RequestEventJson.write(event));
        }
        Path alerts = directory.resolve("again-alerts.jsonl");
        Run run = replay(write("again.jsonl", again), "--output", alerts.toString());

        assertThat(run.output()).contains("of the events 3 were sent before and did not count again");
        assertThat(run.status()).isEqualTo(ExitStatus.OK.code());
        assertThat(Files.readAllLines(alerts).stream().map(ReplayRunTest::step))
                .as("nothing else than the word of it changes")
                .containsExactlyElementsOf(
                        whole.lines().map(ReplayRunTest::step).toList());
        assertThat(alerts).content().contains("more did not count, being sent again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"no\": \"account\"}"})
    void aRunThatLooksAtNothingEndsWithASentenceAndNotAsIfAllWereWell(String line) throws Exception {
        Run run = replay(write("nothing.jsonl", List.of(line)), "--format", "stillwatch");

        assertThat(run.output()).contains("Nothing was looked at: of ");
        assertThat(run.status()).isEqualTo(ExitStatus.FAILURE.code());
    }

    @Test
    void aMissingFileIsOneSentenceBeforeAnythingStarts() throws Exception {
        Run run = replay(directory.resolve("no-such-file.jsonl"));

        assertThat(run.status()).isEqualTo(ExitStatus.FAILURE.code());
        // Without the launcher's flags, newer JDKs add warnings of their own about libraries.
        assertThat(run.output().strip().lines().filter(line -> !line.startsWith("WARNING: ")))
                .singleElement()
                .asString()
                .startsWith("stillwatch: ")
                .contains("no-such-file.jsonl");
    }

    @Test
    void anOutputOfAnUnknownKindIsWrongUsage() throws Exception {
        Run run = replay(directory.resolve("whole.jsonl"), "--output", "alerts.docx");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.output()).contains(".jsonl, .ocsf or .html");
    }

    private Path write(String name, List<String> content) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", content) + "\n");
    }

    private Run replay(Path file, String... more) throws IOException, InterruptedException {
        Process process = start(file, more);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private Process start(Path file, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.stillwatch.cli.Main",
                "replay",
                file.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STILLWATCH_"));
        if (more.length == 2 && more[0].equals("--data-dir")) {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                    directory.resolve("output.log").toFile()));
        }
        return builder.start();
    }
}
