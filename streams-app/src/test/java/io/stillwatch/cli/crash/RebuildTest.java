package io.stillwatch.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.ProfileSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** State that is made anew from topics goes on as the state that it takes the place of would have. */
@Tag("broker")
@Tag("crash")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RebuildTest {
    private static final Traffic TRAFFIC = new Traffic();

    private Outcome fromTheStart;

    @BeforeAll
    void runWithFivePartitionsFromTheStart(@TempDir Path directory) throws Exception {
        try (Installation installation = new Installation(directory, 5, TRAFFIC)) {
            installation.run(1);
            fromTheStart = installation.outcome();
        }
    }

    @Test
    void aPipelineThatIsMovedToMorePartitionsGoesOnAsIfItHadHadThemFromTheStart(@TempDir Path directory)
            throws Exception {
        try (Installation installation = new Installation(directory, 2, TRAFFIC);
                Admin admin = installation.admin()) {
            installation.run(0.6);
            admin.createPartitions(Map.of(installation.topics().requests(), NewPartitions.increaseTo(5)))
                    .all()
                    .get();
            installation.expectPartitions(5);
            installation.rebuild();
            installation.run(1);

            assertSameButForWhatWasLate(installation.outcome());
        }
    }

    @Test
    void aPipelineWhoseChangelogWasDeletedGoesOnWithoutOpeningAnAlertTwice(@TempDir Path directory) throws Exception {
        try (Installation installation = new Installation(directory, 5, TRAFFIC);
                Admin admin = installation.admin()) {
            installation.run(0.6);
            admin.deleteTopics(List.of("stillwatch-accounts-changelog", "stillwatch-panes-changelog"))
                    .all()
                    .get();
            installation.rebuild();
            installation.run(1);

            assertSame(installation.outcome());
        }
    }

    private void assertSame(Outcome outcome) {
        assertSameSteps(outcome);
        assertThat(differences(newest(outcome.profiles()), newest(fromTheStart.profiles()), Set.of()))
                .isEmpty();
    }

    private void assertSameSteps(Outcome outcome) {
        assertThat(outcome.eventIds()).isEqualTo(TRAFFIC.deliveredEventIds());
        assertThat(steps(outcome.alertSteps())).isEqualTo(steps(fromTheStart.alertSteps()));
    }

    /**
     * Which records are late depends on the other accounts of a partition, and two partitions' records were not written in
     * the order that five would have had: so what was lost may differ by a few, and with it who has just enough requests for
     * a snapshot.
     */
    private void assertSameButForWhatWasLate(Outcome outcome) {
        assertSameSteps(outcome);
        Map<String, ProfileSnapshot> here = newest(outcome.profiles());
        Map<String, ProfileSnapshot> there = newest(fromTheStart.profiles());
        Set<String> both = new TreeSet<>(here.keySet());
        both.retainAll(there.keySet());
        assertThat(both).hasSizeGreaterThan(there.size() - 3).hasSizeGreaterThan(here.size() - 3);
        here.keySet().retainAll(both);
        there.keySet().retainAll(both);
        assertThat(differences(here, there, Set.of("late_requests", "duplicate_requests", "completeness")))
                .isEmpty();
    }

    /** Without what depends on how many accounts share a partition: the level of the evidence. */
    private static List<String> steps(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.getEntityType().equals("account"))
                .map(alert -> alert.getAlertId() + " " + alert.getSequence() + " " + alert.getState() + " "
                        + alert.getTime() + " " + alert.getRequests() + " " + alert.getSeverity())
                .sorted()
                .toList();
    }

    /** What one profile has and the other has not, a line each. */
    private static List<String> differences(
            Map<String, ProfileSnapshot> here, Map<String, ProfileSnapshot> there, Set<String> without) {
        List<String> differences = new ArrayList<>();
        if (!here.keySet().equals(there.keySet())) {
            differences.add("accounts " + here.keySet() + " and " + there.keySet());
        }
        here.forEach((account, profile) -> {
            ProfileSnapshot other = there.get(account);
            if (other != null) {
                Map<String, Double> features = new TreeMap<>(profile.getFeatures());
                features.entrySet().removeAll(other.getFeatures().entrySet());
                features.keySet().removeAll(without);
                if (profile.getTime() != other.getTime()
                        || profile.getRequests() != other.getRequests()
                        || !features.isEmpty()) {
                    differences.add(account + ": " + profile.getTime() + "/" + other.getTime() + " "
                            + profile.getRequests() + "/" + other.getRequests() + " " + features);
                }
            }
        });
        return differences;
    }

    private static Map<String, ProfileSnapshot> newest(List<ProfileSnapshot> profiles) {
        Map<String, ProfileSnapshot> newest = new TreeMap<>();
        profiles.forEach(profile -> newest.put(profile.getEntityId(), profile));
        return newest;
    }
}
