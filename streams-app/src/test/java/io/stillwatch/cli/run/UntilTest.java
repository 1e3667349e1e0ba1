package io.stillwatch.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.Main;
import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.runtime.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Made-up traffic that ends when somebody says. */
class UntilTest {
    private static final String PLAN = """
            name: two-harvests
            seed: 7
            days: 1
            groups:
              - {behaviour: logprob-harvest, accounts: 2, requests: 400}
              - {persona: chat-user, accounts: 10, requests: [5, 60]}
            """;

    @TempDir
    private Path directory;

    private int run(Streams streams, String... arguments) {
        return Main.run(Map.of(), Terminal.NONE, streams.out(), streams.err(), arguments);
    }

    private Path plan() throws Exception {
        return Files.writeString(directory.resolve("plan.yaml"), PLAN);
    }

    @Test
    void simulatedTrafficEndsWhenItIsSaidTo() throws Exception {
        Path file = directory.resolve("week.jsonl");
        Streams streams = new Streams();
        assertThat(run(
                        streams,
                        "simulate",
                        plan().toString(),
                        "--until",
                        "2027-02-03T04:05:06Z",
                        "--output",
                        file.toString()))
                .as(streams.complained())
                .isZero();
        long newestMs = Long.MIN_VALUE;
        try (LogFiles log = LogFiles.open(List.of(file.toString()), IngestOptions.DEFAULT)) {
            while (log.hasNext()) {
                if (log.next() instanceof Ingested.Accepted accepted) {
                    newestMs = Math.max(newestMs, accepted.event().getEventTime());
                }
            }
        }
        assertThat(Instant.ofEpochMilli(newestMs)).isEqualTo("2027-02-03T04:05:06Z");
        long endMs = newestMs;
        assertThat(Files.readAllLines(directory.resolve("week.truth.csv")).stream()
                        .skip(1)
                        .map(row -> Long.parseLong(row.split(",", -1)[6])))
                .as("when each account begins")
                .hasSize(12)
                .allMatch(firstMs -> firstMs > endMs - 2 * 86_400_000L && firstMs <= endMs);
    }

    @Test
    void aTimeThatIsNoneIsRefusedWithASentence() {
        Streams streams = new Streams();
        assertThat(run(streams, "simulate", "small", "--until", "soon")).isEqualTo(ExitStatus.USAGE.code());
        assertThat(streams.complained()).contains("--until is a day such as 2026-05-04 or a moment");
    }

    @Test
    @Tag("broker")
    @Timeout(300)
    void aDemoThatEndsNowLeavesDecisionsThatCount() throws Exception {
        Streams streams = new Streams();
        int status = run(
                streams,
                "demo",
                "--plan",
                plan().toString(),
                "--until",
                "now",
                "--data-dir",
                directory.resolve("data").toString());

        assertThat(status).as(streams.complained() + streams.printed()).isZero();
        assertThat(streams.printed()).containsPattern("In force now: .*for [12] accounts?");
        Streams listed = new Streams();
        assertThat(run(
                        listed,
                        "decisions",
                        "list",
                        "--data-dir",
                        directory.resolve("data").toString()))
                .isZero();
        assertThat(listed.printed()).contains("acct-").doesNotContain("whose time is over");
    }
}
