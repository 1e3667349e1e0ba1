package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.replay.AlertFollower;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.DecisionAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A signature that matches everything, on a real Kafka, and a policy that would block everybody. */
@Tag("broker")
@Tag("slow")
@Timeout(240)
class BadSignatureLiveTest {
    private static final int ACCOUNTS = 10_000;
    private static final int CEILING = 50;
    private static final String POLICY = """
            name: rash
            version: 1
            mode: enforce
            rules:
              - {name: everybody, severity: medium, action: block, valid: PT24H}
            ceiling: {blocks_an_hour: 50}
            """;

    @TempDir
    private Path directory;

    @Test
    void tenThousandFindingsInAMinuteBlockNoMoreThanTheCeilingAndOneCommandUndoesItAll() throws Exception {
        try (DecidingPipeline pipeline = new DecidingPipeline(directory.resolve("data"), 0, POLICY)) {
            AlertFollower alerts = pipeline.session().allAlerts(step -> {});
            long hourMs = System.currentTimeMillis() / 3_600_000 * 3_600_000;
            for (int account = 0; account < ACCOUNTS; account++) {
                pipeline.send("a" + account, 1, hourMs + account);
            }
            pipeline.awaitIdle();
            assertThat(pipeline.run("decisions", "list").complained()).contains("Nothing is decided");

            long began = System.nanoTime();
            pipeline.publish();
            String listed = awaitDecisions(pipeline, ACCOUNTS);
            alerts.catchUp();
            List<Alert> opened = alerts.steps().stream()
                    .filter(step -> step.getState() == AlertState.OPENED)
                    .toList();
            assertThat(opened).hasSize(ACCOUNTS);
            assertThat(opened.stream().map(Alert::getEntityId).distinct()).hasSize(ACCOUNTS);

            long blocked = count(listed, DecisionAction.BLOCK);
            System.out.printf(
                    "%,d findings: %,d alerts, %,d decisions, %d of them block (ceiling %d), %.1f s%n",
                    ACCOUNTS,
                    opened.size(),
                    listed.lines().count(),
                    blocked,
                    CEILING,
                    (System.nanoTime() - began) / 1e9);
            assertThat(blocked).isEqualTo(CEILING);
            assertThat(count(listed, DecisionAction.CHALLENGE)).isEqualTo(ACCOUNTS - CEILING);

            assertThat(pipeline.run("decisions", "preview", "--output", "json").printed())
                    .as("a preview names whom it would hit")
                    .contains("\"a0\":{\"hardest\":", "\"a" + (ACCOUNTS - 1) + "\":{\"hardest\":");
            assertThat(pipeline.run("decisions", "show", "a7").printed())
                    .contains("stillwatch decisions lift --account=a7 --by YOU --reason WHY");

            long ordered = System.nanoTime();
            DecidingPipeline.Run lifted =
                    pipeline.run("decisions", "lift", "--all", "--by", "ann", "--reason", "a bad signature");
            System.out.printf("One command lifted them in %.1f s%n", (System.nanoTime() - ordered) / 1e9);
            assertThat(lifted).isEqualTo(new DecidingPipeline.Run(0, "lifted 10,000 decisions\n", ""));
            assertThat(pipeline.run("decisions", "list", "--all").printed()).isEmpty();
            assertThat(pipeline.run("alerts", "trail").printed())
                    .as("whoever undoes it all is in the audit trail")
                    .contains("ann", "a bad signature");
        }
    }

    private static long count(String listed, DecisionAction action) {
        String wanted = "\"action\":\"" + action.name().toLowerCase(Locale.ROOT) + "\"";
        return listed.lines().filter(line -> line.contains(wanted)).count();
    }

    /** The test's own timeout ends a wait in vain. */
    private static String awaitDecisions(DecidingPipeline pipeline, int wanted) throws InterruptedException {
        while (true) {
            String listed =
                    pipeline.run("decisions", "list", "--output", "json").printed();
            if (listed.lines().count() >= wanted) {
                return listed;
            }
            Thread.sleep(500);
        }
    }
}
