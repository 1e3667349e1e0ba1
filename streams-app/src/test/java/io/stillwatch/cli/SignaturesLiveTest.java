package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signatures published to a pipeline that runs on a real Kafka and is not restarted. */
@Tag("broker")
@Tag("slow")
@Timeout(300)
class SignaturesLiveTest {
    private static final long START_MS = 1_790_000_000_000L / 3_600_000 * 3_600_000;
    private static final long MINUTE_MS = 60_000;

    @TempDir
    private Path directory;

    private final Streams startup = new Streams();

    private record Run(int status, String printed, String complained) {}

    private static String yaml(String id, int version, String condition) {
        return """
                id: %s
                version: %d
                title: A test
                severity: high
                status: stable
                window: PT24H
                minimum: 20
                condition: "%s"
                score: prompt_novelty
                evidence: [prompt_novelty, requests]
                examples:
                  match:
                    - {about: new prompts, features: {requests: 30, prompt_novelty: 1}}
                  no_match:
                    - {about: old prompts, features: {requests: 30, prompt_novelty: 0}}
                """.formatted(id, version, condition);
    }

    @Test
    void aSignatureIsPublishedFoundOnOldTrafficDisabledAndEnabledWithoutARestart() throws Exception {
        SignatureSet given =
                SignatureSet.of(List.of(SignatureReader.read("given.yaml", yaml("given", 1, "logprobs_share >= 0.9"))));
        KafkaSettings settings = new KafkaSettings(
                Optional.empty(), Map.of(), Topics.DEFAULT_PREFIX, directory.resolve("data"), Optional.empty());
        TerminalOutput output = new TerminalOutput(startup.out(), startup.err(), Terminal.NONE, Verbosity.NORMAL);
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
            Topics topics = Topics.of(settings.prefix(), 2, Topics.RequestsKept.NEWEST);
            PipelineSession session = PipelineSession.start(
                    settings, cluster, topics, given, Reference.bundled(), new TuningOptions()::applyTo, shutdown);
            Feeder feeder = session.feeder();
            AlertFollower alerts = session.allAlerts(step -> {});
            send(feeder, "harvester", 45, START_MS);
            for (int clock = 0; clock < 8; clock++) {
                send(feeder, "clock-" + clock, 1, START_MS + 5 * 60 * MINUTE_MS);
            }
            awaitIdle(feeder, session);
            alerts.catchUp();
            assertThat(alerts.steps()).isEmpty();

            Path file = Files.writeString(
                    directory.resolve("new-prompts.yaml"), yaml("new-prompts", 1, "prompt_novelty >= 0.9"));
            assertThat(run("publish", file.toString(), "--by", "a tester"))
                    .isEqualTo(new Run(
                            0, "ok   new-prompts v1: 2 of 2 examples as expected\npublished new-prompts v1\n", ""));
            Alert opened = awaitAlert(alerts, alert -> alert.getState() == AlertState.OPENED);
            assertThat(opened.getEntityId()).isEqualTo("harvester");
            assertThat(opened.getFindings()).singleElement().satisfies(finding -> {
                assertThat(finding.getSignatureId()).isEqualTo("new-prompts");
                assertThat(finding.getSignatureVersion()).isEqualTo(1);
                assertThat(finding.getRequests()).isEqualTo(45);
            });

            Run again = run("publish", file.toString());
            assertThat(again.status()).isEqualTo(ExitStatus.FAILURE.code());
            assertThat(again.complained()).contains("version 1 of new-prompts is not higher than version 1");
            assertThat(run("list", "--output", "json").printed())
                    .contains("\"id\":\"new-prompts\",\"source\":\"published\"")
                    .contains("\"published_by\":\"a tester\"");
            Run explained = run("explain", "harvester", "--signature", "new-prompts");
            assertThat(explained.complained()).isEmpty();
            assertThat(explained.printed())
                    .contains("harvester: 45 requests")
                    .contains("new-prompts v1  holds")
                    .containsPattern("yes +prompt_novelty >= 0.9 +1 +0.9 +\\+1.00");
            assertThat(run("explain", "nobody").complained()).contains("No profile of account nobody");

            assertThat(run("disable", "new-pr").printed()).isEqualTo("disabled new-prompts\n");
            Alert closed = awaitAlert(alerts, alert -> alert.getState() == AlertState.CLOSED);
            assertThat(closed.getAlertId()).isEqualTo(opened.getAlertId());
            send(feeder, "later", 40, START_MS + 5 * 60 * MINUTE_MS);
            awaitIdle(feeder, session);
            alerts.catchUp();
            assertThat(alerts.steps()).noneMatch(alert -> alert.getEntityId().equals("later"));
            assertThat(run("list").printed()).containsPattern("new-prompts +1 +stable +high +24 h +disabled");

            assertThat(run("enable", "new-prompts").printed()).isEqualTo("enabled new-prompts\n");
            awaitAlert(alerts, alert -> alert.getEntityId().equals("later"));
            assertThat(run("disable", "no-such-signature").complained())
                    .contains("There is no signature no-such-signature");
        }
        assertThat(startup.complained()).isEmpty();
    }

    @Test
    void whatIsPublishedWhileThePipelineIsDownIsCaughtUpOnWhenItStarts() throws Exception {
        SignatureSet given =
                SignatureSet.of(List.of(SignatureReader.read("given.yaml", yaml("given", 1, "logprobs_share >= 0.9"))));
        KafkaSettings settings = new KafkaSettings(
                Optional.empty(), Map.of(), Topics.DEFAULT_PREFIX, directory.resolve("data"), Optional.empty());
        Topics topics = Topics.of(settings.prefix(), 1, Topics.RequestsKept.NEWEST);
        TerminalOutput output = new TerminalOutput(startup.out(), startup.err(), Terminal.NONE, Verbosity.NORMAL);
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
            PipelineSession session = PipelineSession.start(
                    settings, cluster, topics, given, Reference.bundled(), new TuningOptions()::applyTo, shutdown);
            Feeder feeder = session.feeder();
            send(feeder, "harvester", 45, START_MS);
            awaitIdle(feeder, session);
        }
        Path file = Files.writeString(
                directory.resolve("new-prompts.yaml"), yaml("new-prompts", 1, "prompt_novelty >= 0.9"));
        assertThat(run("publish", file.toString()).status()).isZero();

        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
            PipelineSession session = PipelineSession.start(
                    settings, cluster, topics, given, Reference.bundled(), new TuningOptions()::applyTo, shutdown);
            AlertFollower alerts = session.allAlerts(step -> {});
            assertThat(awaitAlert(alerts, alert -> true).getEntityId()).isEqualTo("harvester");
        }
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

    private static void awaitIdle(Feeder feeder, PipelineSession session) throws InterruptedException {
        feeder.flush();
        while (session.waiting() > 0) {
            Thread.sleep(50);
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

    private Run run(String... arguments) {
        Streams streams = new Streams();
        String[] all = new String[arguments.length + 3];
        all[0] = "signatures";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--data-dir";
        all[arguments.length + 2] = directory.resolve("data").toString();
        int status = Main.run(Map.of(), Terminal.NONE, streams.out(), streams.err(), all);
        return new Run(status, streams.printed(), streams.complained());
    }
}
