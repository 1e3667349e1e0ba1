package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.DayLevels;
import io.stillwatch.baseline.DayTraits;
import io.stillwatch.baseline.Evidence;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Evidence by the baseline that ships, on accounts that it was not learned from. */
class SimulatedEvidenceTest {
    private static final long DAY_MS = 86_400_000;
    private static final double[] BOUNDS = {5, 20, 100};

    private final AnswerLengths usual = BaselineFile.bundled().answers();
    private final Evidence evidence = BaselineFile.bundled().evidence().orElseThrow();

    private Map<String, NavigableMap<Long, StrandedProfile>> days(String plan) {
        Map<String, NavigableMap<Long, StrandedProfile>> days = new HashMap<>();
        Fingerprinter fingerprinter = new Fingerprinter();
        Iterator<RequestEvent> events = new Simulator(PlanReader.read(plan)).events();
        while (events.hasNext()) {
            RequestEvent event = events.next();
            days.computeIfAbsent(event.getAccountId(), account -> new TreeMap<>())
                    .computeIfAbsent(Math.floorDiv(event.getEventTime(), DAY_MS), day -> new StrandedProfile())
                    .add(fingerprinter.fingerprint(event));
        }
        return days;
    }

    /** Evidence after each day. */
    private NavigableMap<Long, Double> evidence(NavigableMap<Long, StrandedProfile> days) {
        DayLevels levels = new DayLevels();
        NavigableMap<Long, Double> after = new TreeMap<>();
        days.forEach((day, profile) -> {
            DayTraits.level(profile, usual).ifPresent(level -> levels.add(day, level));
            after.put(day, evidence.log10(levels, day + 1));
        });
        return after;
    }

    @Test
    void honestAccountsExceedTheirBoundAsSeldomAsItSays() {
        Map<String, NavigableMap<Long, StrandedProfile>> honest = days("""
                name: honest-evidence
                seed: 90210
                days: 5
                groups:
                  - {persona: chat-user, accounts: 120, requests: [20, 60]}
                  - {persona: business-chat, accounts: 10, requests: [20, 80]}
                  - {persona: busy-human, accounts: 6, requests: [100, 200]}
                  - {persona: support-bot, accounts: 3, requests: [100, 200]}
                  - {persona: code-assistant, accounts: 4, requests: [60, 200]}
                  - {persona: translation-job, accounts: 2, requests: [100, 200]}
                  - {persona: eval-harness, accounts: 2, requests: [100, 200]}
                  - {persona: batch-classifier, accounts: 2, requests: [100, 200]}
                """);

        for (double bound : BOUNDS) {
            long flagged = honest.values().stream()
                    .filter(account -> evidence(account).values().stream().anyMatch(now -> now >= Math.log10(bound)))
                    .count();
            double allowed = honest.size() / bound;
            assertThat((double) flagged)
                    .as("accounts that ever reach %s", bound)
                    .isLessThanOrEqualTo(allowed + 2 * Math.sqrt(allowed));
        }
    }

    @Test
    void weeksOfTwentySixRequestsADayAddUp() {
        Map<String, NavigableMap<Long, StrandedProfile>> slow = days("""
                name: slow-evidence
                seed: 26
                days: 21
                groups:
                  - {behaviour: low-and-slow, accounts: 8, requests: 546, timing: slow}
                """);

        long early = 0;
        long late = 0;
        for (NavigableMap<Long, StrandedProfile> account : slow.values()) {
            NavigableMap<Long, Double> after = evidence(account);
            early += after.get(after.firstKey()) >= 2 ? 1 : 0;
            late += after.lastEntry().getValue() >= 2 ? 1 : 0;
        }

        assertThat(late).as("accounts with a hundred to one after three weeks").isGreaterThanOrEqualTo(6);
        assertThat(late).isGreaterThan(early);
    }
}
