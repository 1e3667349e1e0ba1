package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.HOUR_MS;
import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever may write to a topic may write anything; the pipeline goes on, and finds what it would have found. */
class HostileRecordsTest {
    private static final int LEAST = 16;
    private static final SignatureSet SIGNATURES =
            SignatureSet.of(List.of(SignatureReader.read("found.yaml", signature("found"))));

    private static String signature(String id) {
        return """
                id: %s
                version: 1
                title: Found
                severity: high
                window: PT24H
                minimum: %d
                condition: "requests >= 1.0"
                score: "1.0"
                evidence: [requests]
                """.formatted(id, LEAST);
    }

    /** Every topic that the pipeline reads. */
    @SuppressWarnings("ImmutableEnumChecker") // method references hold nothing
    enum Input {
        REQUESTS(Topics::requests, RequestEvent.class),
        SIGNATURES(Topics::signatures, SignatureDefinition.class),
        BASELINE(Topics::baseline, null),
        ENROLMENTS(Topics::enrolments, null),
        ALLOWLIST(Topics::allowlist, AllowlistEntry.class),
        TRIAGE(Topics::triage, TriageRecord.class),
        LINKS(Topics::links, AccountLinks.class),
        CAMPAIGNS(Topics::campaigns, CampaignMember.class),
        ALERTS(Topics::alerts, Alert.class),
        DECISIONS(Topics::decisions, Decision.class);

        private final Function<Topics, String> topic;
        private final Class<? extends SpecificRecord> type;

        Input(Function<Topics, String> topic, Class<? extends SpecificRecord> type) {
            this.topic = topic;
            this.type = type;
        }
    }

    private static <T extends SpecificRecord> byte[] hostile(HostileMessages messages, Class<T> type) {
        return TestPipeline.bytes(type, messages.message(type));
    }

    private static void assertFinds(TestPipeline pipeline, String account) {
        pipeline.alerts();
        for (int number = 0; number < 2 * LEAST; number++) {
            pipeline.send(TestPipeline.event(account, number, START_MS + number * MINUTE_MS));
        }
        assertThat(pipeline.alerts()).anyMatch(alert -> alert.getEntityId().equals(account));
    }

    @ParameterizedTest
    @EnumSource(Input.class)
    void anyBytesOnATopicLeaveThePipelineAtWork(Input input) {
        List<byte[]> values = new ArrayList<>();
        values.add(null);
        values.add(new byte[0]);
        values.add("{".getBytes(StandardCharsets.UTF_8));
        values.add("{\"a\":".repeat(200_000).getBytes(StandardCharsets.UTF_8));
        values.add(("{\"event_time\":1,\"account_id\":" + "[".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8));
        values.add(new byte[5 << 20]);
        Random random = new Random(1);
        for (int size : new int[] {1, 7, 10, 11, 100, 10_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            values.add(bytes);
        }
        try (TestPipeline pipeline = new TestPipeline(SIGNATURES)) {
            for (byte[] value : values) {
                for (String key : new String[] {"k", "", "a/b", "x".repeat(200_000), "\u0000", "baseline"}) {
                    pipeline.sendRaw(input.topic, key, value, START_MS);
                }
            }
            pipeline.notice();

            assertFinds(pipeline, "harvester");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Input.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BASELINE", "ENROLMENTS"})
    void wellFormedMessagesThatNobodyMeansLeaveThePipelineAtWork(Input input) {
        HostileMessages messages = new HostileMessages(7);
        try (TestPipeline pipeline = new TestPipeline(SIGNATURES)) {
            assertFinds(pipeline, "before");
            for (int number = 0; number < 60; number++) {
                String key = number % 3 == 0 ? "before" : number % 3 == 1 ? "c/" + number : messages.text();
                pipeline.sendRaw(input.topic, key, hostile(messages, input.type), START_MS + number % 5 * HOUR_MS);
            }
            pipeline.notice();

            assertFinds(pipeline, "harvester");
        }
    }

    @Test
    void anIdOfTwoHundredKilobytesIsPassedOverWithTheRestOfTheTopicInEffect() {
        String id = "a" + "-b".repeat(100_000);
        try (TestPipeline pipeline = new TestPipeline(SignatureSet.of(List.of()))) {
            pipeline.publish(definition(id, signature(id)));
            pipeline.publish(definition("short-id", signature(id)));
            pipeline.publish(definition("good", signature("good")));

            assertFinds(pipeline, "harvester");
        }
    }

    @Test
    void definitionsWithoutEndDoNotFillTheMemory() {
        try (TestPipeline pipeline = new TestPipeline(SIGNATURES)) {
            byte[] value = new byte[100_000];
            for (int number = 0; number < 600; number++) {
                pipeline.sendRaw(Topics::signatures, "s-" + number, value, START_MS);
            }

            assertThat(pipeline.keptDefinitions()).isLessThanOrEqualTo(500);
            assertFinds(pipeline, "harvester");
        }
    }

    private static SignatureDefinition definition(String id, String yaml) {
        return SignatureDefinition.newBuilder()
                .setId(id)
                .setVersion(1)
                .setYaml(yaml)
                .setPublishedAt(0)
                .build();
    }
}
