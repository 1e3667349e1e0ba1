package io.stillwatch.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.Alert;
import io.stillwatch.topology.PipelineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the pipeline lives on is changed or taken away under it: it says so, stops, and never begins anew without a word. */
@Tag("broker")
@Tag("crash")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LostTopicsTest {
    private static final String WAY_OUT = "stillwatch reset --rebuild-from fingerprints";
    private static final Traffic TRAFFIC = new Traffic();

    @TempDir
    private Path directory;

    @Test
    void partitionsThatAreAddedToTheRequestsAreNoticedAtOnceAndAtEveryStart() throws Exception {
        try (Installation installation = new Installation(directory, 2, TRAFFIC);
                Admin admin = installation.admin()) {
            installation.feed(0.2);
            installation.start();
            installation.awaitCommitted();
            admin.createPartitions(Map.of(installation.topics().requests(), NewPartitions.increaseTo(5)))
                    .all()
                    .get();

            assertThatThrownBy(() -> installation.pipeline().awaitEnd())
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("stillwatch.requests has 5 partitions")
                    .hasMessageContaining("kept for 2")
                    .hasMessageContaining(WAY_OUT);
            assertThat(installation.pipeline().isRunning()).isFalse();
            installation.stop();
            installation.expectPartitions(5);
            assertThatThrownBy(installation::start)
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining(WAY_OUT);
        }
    }

    @Test
    void aChangelogThatIsDeletedIsNoticedAndNoAlertOpensAgainUnderItsOldId() throws Exception {
        try (Installation installation = new Installation(directory, 2, TRAFFIC);
                Admin admin = installation.admin()) {
            installation.feed(0.5);
            installation.start();
            installation.awaitCommitted();
            admin.deleteTopics(List.of("stillwatch-accounts-changelog")).all().get();

            assertThatThrownBy(() -> installation.pipeline().awaitEnd())
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("stillwatch-accounts-changelog has been deleted")
                    .hasMessageContaining(WAY_OUT);
            installation.stop();
            installation.feed(1);
            assertThatThrownBy(installation::start)
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("stillwatch-accounts-changelog is missing")
                    .hasMessageContaining(WAY_OUT);
            assertEachAlertOpenedOnce(installation);
        }
    }

    @Test
    void aChangelogThatSomebodyMadeAnewIsNotTakenForTheOneThereWas() throws Exception {
        try (Installation installation = new Installation(directory, 2, TRAFFIC);
                Admin admin = installation.admin()) {
            installation.run(0.5);
            for (String store : List.of("panes", "campaigns", "decider", "accounts")) {
                String changelog = "stillwatch-" + store + "-changelog";
                int partitions = admin.describeTopics(List.of(changelog))
                        .allTopicNames()
                        .get()
                        .get(changelog)
                        .partitions()
                        .size();
                admin.deleteTopics(List.of(changelog)).all().get();
                Await.until("the topic can be made", () -> {
                    try {
                        admin.createTopics(List.of(new NewTopic(changelog, partitions, (short) 1)))
                                .all()
                                .get();
                        return true;
                    } catch (java.util.concurrent.ExecutionException notYet) {
                        return false;
                    }
                });
                assertThatThrownBy(installation::start)
                        .as(store)
                        .isInstanceOf(PipelineException.class)
                        .hasMessageContaining(WAY_OUT);
            }
            assertEachAlertOpenedOnce(installation);
        }
    }

    private static void assertEachAlertOpenedOnce(Installation installation) {
        Map<String, List<Long>> steps = installation.outcome().alertSteps().stream()
                .collect(Collectors.groupingBy(
                        Alert::getAlertId, Collectors.mapping(Alert::getSequence, Collectors.toList())));
        assertThat(steps).isNotEmpty();
        assertThat(steps.values()).allSatisfy(numbers -> assertThat(numbers).doesNotHaveDuplicates());
    }
}
