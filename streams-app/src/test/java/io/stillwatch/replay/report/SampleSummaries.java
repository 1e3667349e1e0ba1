package io.stillwatch.replay.report;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.schema.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Replays as they may have gone. */
final class SampleSummaries {
    private SampleSummaries() {}

    static ReplaySummary full() {
        return summary(List.of(
                SampleAlerts.opened(),
                SampleAlerts.updated(),
                SampleAlerts.closed(),
                SampleAlerts.campaign(),
                SampleAlerts.bare()));
    }

    static ReplaySummary hostile() {
        String text = SampleAlerts.hostileText().getAlertId();
        return new ReplaySummary(
                text,
                List.of(new ReplaySummary.Source(text, 1, 1, 1)),
                Optional.of(Instant.ofEpochMilli(Long.MIN_VALUE)),
                Optional.of(Instant.ofEpochMilli(Long.MAX_VALUE)),
                1,
                AlertLife.of(List.of(SampleAlerts.hostileText())),
                List.of(new ReplaySummary.RejectedCause(text, 1, text)),
                text,
                List.of(new ReplaySummary.SignatureVersion(text, 1, text)),
                List.of(new ReplaySummary.Setting(text, text)),
                List.of(BaselineFile.bundled()),
                AlertHours.none());
    }

    /** Everything read, nothing found. */
    static ReplaySummary quiet() {
        return new ReplaySummary(
                "1.2.3",
                List.of(new ReplaySummary.Source("gateway.jsonl.gz", 1, 0, 0)),
                Optional.of(Instant.parse("2026-05-04T07:00:00Z")),
                Optional.of(Instant.parse("2026-05-04T07:00:00Z")),
                1,
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                AlertHours.none());
    }

    /** Nothing read. */
    static ReplaySummary empty() {
        return new ReplaySummary(
                "1.2.3",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                AlertHours.none());
    }

    static ReplaySummary summary(List<Alert> steps) {
        return new ReplaySummary(
                "1.2.3",
                List.of(
                        new ReplaySummary.Source("gateway-2026-05-a.jsonl.gz", 1_204_551, 0, 12),
                        new ReplaySummary.Source("gateway-2026-05-b.jsonl.gz", 988_310, 34, 0)),
                Optional.of(Instant.parse("2026-05-01T00:00:07Z")),
                Optional.of(Instant.parse("2026-05-10T22:59:41Z")),
                8_412,
                AlertLife.of(steps),
                List.of(
                        new ReplaySummary.RejectedCause(
                                "The record has no account_id.", 31, "gateway-2026-05-b.jsonl.gz, line 4,410"),
                        new ReplaySummary.RejectedCause(
                                "The line is not JSON: it ends inside a string.",
                                3,
                                "gateway-2026-05-b.jsonl.gz, line 988,344")),
                "public-chat 3",
                List.of(
                        new ReplaySummary.SignatureVersion("bulk-instruction-harvest", 3, "Bulk instruction harvest"),
                        new ReplaySummary.SignatureVersion(
                                "reasoning-trace-elicitation", 2, "Reasoning-trace elicitation"),
                        new ReplaySummary.SignatureVersion(
                                "campaign-sharding", 4, "Complementary sharding over accounts")),
                List.of(
                        new ReplaySummary.Setting("quiet time before an alert closes", "72 h"),
                        new ReplaySummary.Setting("format", "litellm (detected)")),
                List.of(),
                hours(steps));
    }

    /** By day and by night, for three days from the first request. */
    private static AlertHours hours(List<Alert> steps) {
        AlertHours hours = new AlertHours(AlertLife.of(steps), List.of());
        for (Alert step : steps) {
            if (hours.accounts().contains(step.getEntityId()) && step.getFirstEventTime() > 0) {
                for (int hour = 0; hour < 72; hour++) {
                    hours.add(step.getEntityId(), step.getFirstEventTime() + hour * 3_600_000L, hour % 24 < 9 ? 7 : 1);
                }
            }
        }
        return hours;
    }
}
