package io.stillwatch.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.cli.Commands;
import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.Dossier;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.replay.report.HourlyRequests;
import io.stillwatch.replay.report.UsualValues;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.AllowlistKind;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.signature.SignatureSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertPageTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    private static KnownAlerts.Known known(Alert alert) {
        KnownAlerts known = new KnownAlerts();
        known.take(alert);
        return known.named(alert.getAlertId()).orElseThrow();
    }

    private static Dossier dossier(Alert alert) {
        HourlyRequests hours = new HourlyRequests();
        for (int hour = 0; hour < 30; hour++) {
            hours.add(alert.getFirstEventTime() + hour * HOUR_MS, hour % 7 * 10L);
        }
        return new Dossier(
                900,
                Optional.of(alert.getFirstEventTime() - 3 * DAY_MS),
                Optional.of(alert.getFirstEventTime() - 3 * DAY_MS),
                new TreeSet<>(List.of("org-5")),
                new TreeMap<>(Map.of("model-a", 800L, "model-b", 100L)),
                2,
                0,
                new TreeMap<>(Map.of("network", Map.of("203.0.113.0/24", 900L))),
                hours,
                new TreeMap<>(Map.of("network", List.of(7L))),
                new TreeMap<>(Map.of("network", new TreeSet<>(List.of("acct-x", "acct-y")))));
    }

    private static ShownAlert shown(Alert alert) {
        long now = alert.getTime() + HOUR_MS;
        return new ShownAlert(
                known(alert),
                List.of(),
                Optional.of(dossier(alert)),
                UsualValues.NONE,
                List.of(Decision.newBuilder()
                        .setAccountId(alert.getEntityId())
                        .setAction(DecisionAction.THROTTLE)
                        .setRate(20.0)
                        .setDecidedAt(alert.getTime())
                        .setValidUntil(now + 5 * HOUR_MS)
                        .setAlertId(alert.getAlertId())
                        .setReason("r")
                        .setPolicy("observe v1")
                        .build()),
                List.of(AllowlistEntry.newBuilder()
                        .setId("w-1")
                        .setKind(AllowlistKind.ACCOUNT)
                        .setValue(alert.getEntityId())
                        .setExpiresAt(now - DAY_MS)
                        .setReason("a study")
                        .setOwner("ann")
                        .setAddedAt(1L)
                        .setAddedBy("ann")
                        .build()),
                SignatureSet.bundled(),
                " --bootstrap-servers=kafka:9092");
    }

    private static String page(Alert alert, Terminal terminal) {
        Streams streams = new Streams();
        TerminalOutput output = new TerminalOutput(streams.out(), streams.err(), terminal, Verbosity.NORMAL);
        new AlertPage(shown(alert), output, alert.getTime() + HOUR_MS).print();
        return streams.printed();
    }

    @Test
    void whatItTakesToDecideIsThere() {
        Alert alert = SampleAlerts.updated();
        String page = page(alert, Terminal.NONE);
        assertThat(page)
                .contains("org-5", "model-a 88.9 %, model-b 11.1 %", "3 days before its first request in the evidence")
                .contains("shared network", "with 2 other accounts: acct-x, acct-y")
                .contains("Requests by hour", "█")
                .contains("Honest work that looks alike:")
                .contains("throttle to 20 requests a minute until", "in 5 h")
                .contains("w-1: account " + alert.getEntityId(), "lapsed 24 h ago")
                .contains("stillwatch alerts close " + alert.getAlertId() + " --disposition false_positive")
                .containsPattern("Opened \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\(UTC\\), ");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void allButCommandsFitsTheTerminal(int columns) {
        for (Alert alert : SampleAlerts.byName().values()) {
            assertThat(page(alert, new Terminal(true, true, true, columns)).lines())
                    .filteredOn(line -> !line.startsWith("  stillwatch "))
                    .allSatisfy(line ->
                            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void aTerminalWithoutBlocksGetsLetters() {
        String page = page(SampleAlerts.updated(), new Terminal(true, true, true, 80, false));
        assertThat(page).doesNotContain("█", "▁").contains("@");
    }

    @Test
    void theProgramUnderstandsEveryCommandThatItOffers() {
        for (Alert alert : SampleAlerts.byName().values()) {
            for (NextSteps.Step step : NextSteps.of(shown(alert)).steps()) {
                assertThat(Commands.problem(step.command().replaceFirst(" > .*", "")))
                        .as(step.command())
                        .isEmpty();
                assertThat(step.command()).as("the same pipeline").contains(" --bootstrap-servers=kafka:9092");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--bootstrap-servers=evil:9092", "@/etc/passwd", "-X", "a'b"})
    void anIdThatLooksLikeAnOptionIsTakenForAnIdOrRefusedButNeverForAnOption(String account) {
        Alert alert =
                Alert.newBuilder(SampleAlerts.updated()).setEntityId(account).build();
        for (NextSteps.Step step : NextSteps.of(shown(alert)).steps()) {
            Optional<String> problem = Commands.problem(step.command().replaceFirst(" > .*", ""));
            if (step.command().startsWith("signatures explain")) {
                assertThat(problem).as(step.command()).isEmpty();
            }
            problem.ifPresent(sentence -> assertThat(sentence).startsWith("Expected parameter for option '--account'"));
        }
    }
}
