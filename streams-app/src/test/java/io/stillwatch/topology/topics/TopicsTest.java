package io.stillwatch.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stillwatch.broker.EmbeddedBroker;
import java.util.List;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private final List<TopicSpec> live = Topics.live("stillwatch.").all();

    @Test
    void theCatalogueHoldsExactlyTheTopicsThatExistToday() {
        assertThat(live)
                .extracting(TopicSpec::name)
                .containsExactly(
                        "stillwatch.requests",
                        "stillwatch.pieces",
                        "stillwatch.fingerprints",
                        "stillwatch.profiles",
                        "stillwatch.links",
                        "stillwatch.campaigns",
                        "stillwatch.signatures",
                        "stillwatch.baseline",
                        "stillwatch.enrolments",
                        "stillwatch.findings",
                        "stillwatch.triage",
                        "stillwatch.allowlist",
                        "stillwatch.alerts",
                        "stillwatch.alerts.ocsf",
                        "stillwatch.decisions",
                        "stillwatch.losses",
                        "stillwatch.dead-letters");
    }

    @Test
    void noTopicLosesARecordBecauseOfItsEventTime() {
        assertThat(live).allSatisfy(spec -> {
            assertThat(spec.configs())
                    .containsEntry("message.timestamp.type", "CreateTime")
                    .containsEntry("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE))
                    .containsEntry("message.timestamp.before.max.ms", String.valueOf(Long.MAX_VALUE));
            assertThat(spec.configs().getOrDefault("retention.ms", "-1")).isEqualTo("-1");
        });
    }

    @Test
    void onlyAReplayKeepsAllRequests() {
        assertThat(Topics.live("a.").all().get(0).configs().get("retention.bytes"))
                .isNotEqualTo("-1");
        assertThat(Topics.replay("a.").all().get(0).configs()).containsEntry("retention.bytes", "-1");
    }

    @Test
    void whatHoldsALatestStateIsCompacted() {
        assertThat(live)
                .filteredOn(spec -> spec.configs().get("cleanup.policy").equals("compact"))
                .extracting(TopicSpec::name)
                .containsExactly(
                        "stillwatch.profiles",
                        "stillwatch.campaigns",
                        "stillwatch.signatures",
                        "stillwatch.baseline",
                        "stillwatch.enrolments",
                        "stillwatch.allowlist",
                        "stillwatch.decisions",
                        "stillwatch.losses");
    }

    @Test
    void aDeadLetterHasRoomForTheLargestRequestAndTheEmbeddedKafkaTakesIt() {
        assertThat(Topics.MAX_RECORD_BYTES)
                .isGreaterThan(Topics.MAX_REQUEST_BYTES)
                .isLessThanOrEqualTo(EmbeddedBroker.MAX_RECORD_BYTES);
    }

    @Test
    void everySettingIsOneThatKafkaKnowsAndTakes() {
        List<String> known = LogConfig.configNames();
        assertThat(live).allSatisfy(spec -> {
            assertThat(known).containsAll(spec.configs().keySet());
            assertThat(Topic.isValid(spec.name())).isTrue();
        });
    }

    @Test
    void theLongestPrefixStillGivesLegalNames() {
        assertThat(Topics.live("x".repeat(200)).all()).allMatch(spec -> Topic.isValid(spec.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b.", "../", "ü.", "-x", "a/"})
    void aPrefixThatKafkaWouldRefuseIsRefusedInOneSentence(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topics.live(prefix))
                .withMessageStartingWith("A topic prefix is 1 to 200 letters");
    }
}
