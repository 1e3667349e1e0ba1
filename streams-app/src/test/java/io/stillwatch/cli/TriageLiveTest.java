package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AlertId;
import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.replay.Feeder;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What analysts do at the command line, and what a pipeline on a real Kafka makes of it. */
@Tag("broker")
@Tag("slow")
@Timeout(300)
class TriageLiveTest {
    private static final long START_MS = 1_790_000_000_000L / 3_600_000 * 3_600_000;
    private static final long MINUTE_MS = 60_000;
    private static final String ID = AlertId.of("account", "harvester");
    private static final SignatureSet SIGNATURES = SignatureSet.of(List.of(SignatureReader.read("test.yaml", """
            id: logprob-harvest
            version: 1
            title: A test
            severity: high
            status: stable
            window: PT24H
            minimum: 20
            condition: prompt_novelty >= 0.9
            score: prompt_novelty
            evidence: [prompt_novelty, requests]
            """)));

    @TempDir
    private Path directory;

    private final Streams startup = new Streams();

    private record Run(int status, String printed, String complained) {
        List<String> printedLines() {
            return printed.lines().toList();
        }
    }

    private KafkaSettings settings() {
        return new KafkaSettings(
                Optional.empty(), Map.of(), Topics.DEFAULT_PREFIX, directory.resolve("data"), Optional.empty());
    }

    private PipelineSession start(ShutdownSequence shutdown, TerminalOutput output) throws InterruptedException {
        Cluster cluster = shutdown.open(Cluster.open(settings(), PortChoice.any(), output));
        Topics topics = Topics.of(settings().prefix(), 2, Topics.RequestsKept.NEWEST);
        return PipelineSession.start(
                settings(), cluster, topics, SIGNATURES, Reference.bundled(), new TuningOptions()::applyTo, shutdown);
    }

    /** By record of a contract, and no longer. */
    private void vouchFor(String account) throws Exception {
        Path examples = directory.resolve("examples.txt");
        Files.write(
                examples,
                IntStream.range(0, 60)
                        .mapToObj(number -> "Why was my card declined in shop " + number + "?")
                        .toList());
        String[] add = {
            "enrolments",
            "add",
            account,
            "--examples",
            examples.toString(),
            "--subject",
            "bank support",
            "--requests-a-day",
            "500",
            "--expires",
            "2100-01-01",
            "--reason",
            "contract 2211"
        };
        assertThat(run("enrolments", "revoke", account, "--reason", "x").complained())
                .contains("The account harvester has no enrolment");
        assertThat(run(add).printed())
                .endsWith("enrolled harvester until 2100-01-01T00:00Z by the mean of 60 prompts\n");
        assertThat(run(add).printed()).contains("changed harvester");
        assertThat(run("enrolments", "list").printed())
                .containsPattern("harvester +bank support +500 +- +2100-01-01T00:00Z +tess +contract 2211");
        assertThat(run("enrolments", "revoke", account, "--reason", "ended").printed())
                .isEqualTo("revoked harvester\n");
        assertThat(run("enrolments", "list").printed()).doesNotContain("bank support");
        assertThat(run("enrolments", "revoke", "--reason", "x").complained()).contains("Name the account, or --idle.");
        assertThat(run("enrolments", "revoke", "--idle", "--reason", "x").complained())
                .contains("Every record vouches for somebody");
        assertThat(run("alerts", "trail").printed()).contains("Enrolled until 2100-01-01", "Enrolment revoked: ended");
    }

    @Test
    void anAlertIsAcknowledgedClosedJudgedOpenedAgainAndAllowedWhileThePipelineRunsAndAfterARestart() throws Exception {
        TerminalOutput output = new TerminalOutput(startup.out(), startup.err(), Terminal.NONE, Verbosity.NORMAL);
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            PipelineSession session = start(shutdown, output);
            Feeder feeder = session.feeder();
            AlertFollower alerts = session.allAlerts(step -> {});
            assertThat(run("alerts", "list").complained()).isEqualTo("No alert has been raised.\n");
            assertThat(run("alerts", "show", ID).complained()).contains("none has been raised yet");
            send(feeder, "harvester", 45, START_MS);
            feeder.flush();
            awaitAlert(alerts, alert -> alert.getState() == AlertState.OPENED);

            assertThat(run("alerts", "list").printed()).contains(ID, "account harvester", "logprob-harvest");
            assertThat(run("alerts", "ack", "al-0000").complained())
                    .contains("There is no alert al-0000")
                    .contains("alerts list --state all");
            assertThat(run("alerts", "ack", ID))
                    .satisfies(acknowledged ->
                            assertThat(acknowledged.complained()).isEmpty())
                    .extracting(Run::printed)
                    .asString()
                    .startsWith("acknowledged " + ID + " (account harvester), which is open now");
            assertThat(run("alerts", "close", "harvester", "--reason", "x", "--disposition", "wrong")
                            .status())
                    .isEqualTo(ExitStatus.USAGE.code());
            assertThat(run("alerts", "close", "harvester", "--reason", "a bakery", "--disposition", "false_positive")
                            .printed())
                    .contains("which is closed now");
            assertThat(run("alerts", "list").complained()).contains("No alert is open");
            assertThat(run("alerts", "list", "--state", "closed", "--severity", "high")
                            .printed())
                    .contains("false_positive")
                    .contains("tess");
            assertThat(run("signatures", "list").printed()).containsPattern("logprob-harvest .* 0 of 1 ");

            Run shown = run("alerts", "show", ID);
            assertThat(shown.printed())
                    .contains("Acknowledged by tess", "Closed by tess: a bakery", "Verdict: false positive")
                    .contains("prompt_novelty")
                    .containsPattern("tess +acknowledge")
                    .containsPattern("tess +close +false_positive +a bakery")
                    .contains(
                            "Who\n  account       harvester\n",
                            "45 requests that are kept",
                            "none: gateways let it pass")
                    .contains("stillwatch alerts reopen " + ID);
            assertThat(run("alerts", "reopen", ID, "--reason", "no bakery").printed())
                    .contains("which is open now");
        }

        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            PipelineSession session = start(shutdown, output);
            AlertFollower alerts = session.allAlerts(step -> {});
            assertThat(run("alerts", "note", ID, "--reason", "asked them", "--by", "bob")
                            .printed())
                    .contains("noted " + ID);
            assertThat(run("allowlist", "list").complained()).isEqualTo("Nobody is on the allowlist.\n");
            Run added =
                    run("allowlist", "add", "--account", "harvester", "--reason", "ours", "--expires", "2100-01-01");
            assertThat(added.printed()).containsPattern("added w-[0-9a-f]{16}: account harvester");
            Alert closed = awaitAlert(
                    alerts,
                    alert -> alert.getState() == AlertState.CLOSED
                            && alert.getCloseReason().startsWith("Allowed by tess"));
            String entry = added.printed().substring(6, 24);
            assertThat(closed.getCloseReason()).contains(entry).contains("ours");
            await(
                    "allowlist",
                    "list",
                    printed -> printed.matches(
                            "(?s).*" + entry + " +account harvester +all +2100-01-01T00:00Z +1 +1 +tess +ours.*"));
            assertThat(run("alerts", "show", ID).printed()).contains(entry + ": account harvester may not alert");
            assertThat(run("allowlist", "remove", "w-1").complained()).contains("There is no entry w-1");
            assertThat(run("allowlist", "remove", entry.substring(0, 6), "--reason", "not ours")
                            .printed())
                    .isEqualTo("removed " + entry + "\n");
            Alert again = awaitAlert(
                    alerts,
                    alert -> alert.getState() == AlertState.REOPENED && alert.getSequence() > closed.getSequence());
            assertThat(again.getHistory()).hasSize(2);
            vouchFor("harvester");
            assertThat(alerts.steps().stream().map(Alert::getSequence).distinct())
                    .as("no gap, nothing twice")
                    .hasSize(alerts.steps().size())
                    .hasSize((int) again.getSequence() + 1);
        }
        Run late = run("alerts", "close", ID, "--reason", "later");
        assertThat(late.complained()).contains("no pipeline runs that would take it");
        assertThat(late.status()).isZero();

        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            PipelineSession session = start(shutdown, output);
            AlertFollower alerts = session.allAlerts(step -> {});
            awaitAlert(
                    alerts,
                    alert -> alert.getState() == AlertState.CLOSED
                            && alert.getCloseReason().equals("later"));

            assertThat(run("decisions", "lift", "--all", "--by", "ann", "--reason", "a bad rule")
                            .status())
                    .isZero();
            assertThat(run("alerts", "show", ID).printed())
                    .as("what lifts everything is in the trail of each alert")
                    .containsPattern("ann +lift +a bad rule|ann +lift +- +a bad rule");
            assertThat(run("alerts", "trail").printed())
                    .containsPattern("tess +allowlist .*ours")
                    .containsPattern("ann +lift +all +- +a bad rule");
            assertThat(run("alerts", "trail", "--by", "bob").printedLines()).hasSize(2);

            Run requests = run("alerts", "requests", "harv");
            assertThat(requests.printedLines()).hasSizeGreaterThan(20).allMatch(line -> line.contains("harvester-"));
            assertThat(run("alerts", "show", ID).printed())
                    .contains("stillwatch alerts requests " + ID + " --examples");
            assertThat(run("alerts", "requests", ID, "--examples").printedLines())
                    .hasSizeBetween(1, 5);
            assertThat(run("topics", "delete", "--prefix", "stillwatch.", "--yes")
                            .complained())
                    .contains("run; stop all of them first");
        }
        assertThat(run("topics", "delete", "--prefix", "stillwatch.").status())
                .as("there is nobody to ask")
                .isEqualTo(ExitStatus.USAGE.code());
        Run deleted = run("topics", "delete", "--prefix", "stillwatch.", "--yes");
        assertThat(deleted.printed())
                .contains("stillwatch.alerts\n", "-changelog\n")
                .containsPattern("deleted [0-9]+");
        assertThat(run("alerts", "list").complained()).contains("No pipeline has run here yet");
        assertThat(startup.complained()).isEmpty();
    }

    private static void send(Feeder feeder, String account, int requests, long fromMs) {
        for (int number = 0; number < requests; number++) {
            feeder.send(RequestEvent.newBuilder()
                    .setEventId(account + "-" + number)
                    .setEventTime(fromMs + number * MINUTE_MS)
                    .setAccountId(account)
                    .setPrompt("never asked " + account + number * 7919L)
                    .setOutputTokens(100L)
                    .build());
        }
    }

    /** The first alert that fits; the test's own timeout ends a wait in vain. */
    private static Alert awaitAlert(AlertFollower alerts, Predicate<Alert> wanted) {
        while (true) {
            Optional<Alert> found = alerts.steps().stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            alerts.poll(Duration.ofMillis(100));
        }
    }

    private void await(String group, String command, Predicate<String> wanted) throws InterruptedException {
        while (!wanted.test(run(group, command).printed())) {
            Thread.sleep(100);
        }
    }

    private Run run(String... arguments) {
        Streams streams = new Streams();
        String[] all = Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of("--data-dir", directory.resolve("data").toString()))
                .toArray(String[]::new);
        int status = Main.run(Map.of("USER", "tess"), Terminal.NONE, streams.out(), streams.err(), all);
        return new Run(status, streams.printed(), streams.complained());
    }
}
