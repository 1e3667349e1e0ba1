package io.stillwatch.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.FoldedAlerts;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.schema.Alert;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The list of alerts: what programs count on, and what a person sees of it at each width. */
class AlertsListTableTest {
    private final List<KnownAlerts.Known> alerts = Stream.of(SampleAlerts.updated(), SampleAlerts.campaign())
            .map(AlertsListTableTest::known)
            .toList();

    private static KnownAlerts.Known known(Alert alert) {
        return new KnownAlerts.Known(alert, List.of(), Set.of());
    }

    private TextTable table(boolean person, String... options) {
        AlertsListCommand command = new AlertsListCommand();
        new CommandLine(command).parseArgs(options);
        return command.table(alerts, FoldedAlerts.of(alerts, List.of()), person);
    }

    private static String header(TextTable table, int columns) {
        return table.lines(columns).get(0).render(false);
    }

    @Test
    void aPipeGetsAllColumnsInThisOrder() {
        assertThat(table(false).lines().get(0).render(false).split(" +"))
                .containsExactly(
                        "id",
                        "state",
                        "severity",
                        "score",
                        "entity",
                        "opened",
                        "updated",
                        "requests",
                        "acknowledged",
                        "verdict",
                        "signatures");
    }

    @Test
    void withLessRoomWhatSaysTheLeastGoesFirst() {
        assertThat(header(table(true), 200).split(" +"))
                .containsExactly(
                        "id",
                        "state",
                        "severity",
                        "score",
                        "entity",
                        "opened",
                        "updated",
                        "age",
                        "requests",
                        "signatures");
        assertThat(header(table(true), 110)).contains("updated").doesNotContain("state");
        assertThat(header(table(true), 80).split(" +"))
                .containsExactly("id", "severity", "score", "entity", "updated", "signatures");
        assertThat(header(table(true, "--state", "all"), 80)).contains("state", "severity");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int columns : new int[] {60, 80, 120}) {
            assertThat(table(true).lines(columns))
                    .extracting(line -> line.render(false))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void onATerminalTheStrongestSignatureSpeaksForAll() {
        assertThat(table(true).lines(200).get(1).render(false)).endsWith(" and 3 more");
        assertThat(table(false).lines().get(1).render(false)).doesNotContain("more");
    }
}
