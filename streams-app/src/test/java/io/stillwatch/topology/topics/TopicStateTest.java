package io.stillwatch.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicStateTest {
    private final TopicSpec requests = Topics.live("t.").all().get(0);

    @Test
    void aTopicAsTheCatalogueHasItDiffersInNothing() {
        assertThat(found(4, Map.of()).differences()).isEmpty();
    }

    @Test
    void moreOfWhatIsAskedForIsAsGood() {
        assertThat(found(12, Map.of("max.message.bytes", "99999999", "retention.bytes", "-1"))
                        .differences())
                .isEmpty();
    }

    @Test
    void aMissingTopicIsAProblem() {
        assertThat(new TopicState(requests, Optional.empty()).differences())
                .containsExactly(
                        TopicDifference.problem("t.requests does not exist; create it with: stillwatch topics create"));
    }

    @Test
    void aSettingThatRefusesOrLosesRecordsIsAProblemWithTheCommandThatMendsIt() {
        assertThat(found(4, Map.of("message.timestamp.after.max.ms", "3600000")).differences())
                .containsExactly(TopicDifference.problem("t.requests has message.timestamp.after.max.ms=3600000:"
                        + " records from ahead of its clock are refused; set it to 9223372036854775807 with"
                        + " kafka-configs.sh --alter --topic t.requests --add-config"
                        + " message.timestamp.after.max.ms=9223372036854775807"));
        assertThat(found(4, Map.of("cleanup.policy", "compact")).differences())
                .extracting(TopicDifference::severity)
                .containsExactly(TopicDifference.Severity.PROBLEM);
    }

    @Test
    void aTighterRetentionAndFewerPartitionsAreTheOperatorsChoice() {
        assertThat(found(1, Map.of("retention.ms", "604800000")).differences())
                .containsExactly(
                        TopicDifference.advice(
                                "t.requests has 1 partitions where 4 were asked for: at most 1 threads can"
                                        + " share the work."),
                        TopicDifference.advice("t.requests has retention.ms=604800000 where the catalogue has -1:"
                                + " records with an older event time are deleted, replayed ones at once."));
    }

    private TopicState found(int partitions, Map<String, String> changed) {
        Map<String, String> configs = new HashMap<>(requests.configs());
        configs.putAll(changed);
        return new TopicState(requests, Optional.of(new TopicState.Actual(partitions, 1, configs)));
    }
}
