package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.AccountHistory;
import io.stillwatch.baseline.Reference;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountHistoryTest {
    private static final String PLAN = """
            name: history
            seed: 3
            days: 10
            groups:
              - {behaviour: bulk-instruction-harvest, accounts: 1, requests: 900}
            """;
    private static final List<Duration> WINDOWS =
            List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(30));
    private static final List<String> COMPARED =
            List.of("distance", "kits_share", "unknown_share", "answer_length_ratio", "prompt_novelty");

    private final AccountHistory history = new AccountHistory("any");
    private int compared;

    @Test
    void theWindowsOfFingerprintsAreThoseThatThePipelineSees() {
        Fingerprinter fingerprinter = new Fingerprinter();
        try (OfflinePipeline pipeline = new OfflinePipeline(
                SignatureSet.of(List.of()),
                (account, timeMs, findings, windows) -> compare(timeMs, windows),
                step -> {})) {
            Iterator<RequestEvent> events = new Simulator(PlanReader.read(PLAN)).events();
            while (events.hasNext()) {
                RequestEvent event = events.next();
                history.add(fingerprinter.fingerprint(event));
                pipeline.send(event);
            }
        }

        assertThat(compared).isGreaterThan(20);
    }

    private void compare(long timeMs, WindowedProfiles windows) {
        if ((timeMs + 1) % TestPipeline.HOUR_MS != 0) {
            return;
        }
        compared++;
        WindowedProfiles made = history.windows(timeMs, Reference.bundled());
        for (Duration window : WINDOWS) {
            assertThat(made.requests(window)).isEqualTo(windows.requests(window));
            assertThat(StrandedProfileCodec.encode(made.profile(window)))
                    .isEqualTo(StrandedProfileCodec.encode(windows.profile(window)));
            Subject theirs = windows.subject(window, Part.WHOLE).orElseThrow();
            Subject ours = made.subject(window, Part.WHOLE).orElseThrow();
            for (String feature : COMPARED) {
                assertThat(Features.named(feature).orElseThrow().of(ours))
                        .as(feature)
                        .isEqualTo(Double.valueOf(
                                Features.named(feature).orElseThrow().of(theirs)));
            }
        }
    }
}
