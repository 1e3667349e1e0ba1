package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.topology.state.Durability;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaigns do not depend on which of the requests' partitions was read first, nor on how far ahead of the others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignOrderTest {
    private static final int PARTITIONS = 4;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static final String PLAN = """
            name: order
            seed: 21
            days: 1
            groups:
              - behaviour: reasoning-trace-elicitation
                accounts: 40
                requests: [10, 24]
                campaign: {name: hydra, deal: random, template: shared}
                together: {network: 5, payment: 8, client: 1, tls: 1}
                signed_up: [0.5, 10]
                timing: service
              - behaviour: rubric-grading
                accounts: 24
                requests: [16, 24]
                campaign: {name: graders, deal: random, template: shared}
                signed_up: [0.5, 10]
                timing: service
              - {persona: chat-user, accounts: 60, requests: [4, 16]}
              - {persona: popular-app, accounts: 20, requests: [3, 14]}
            """;

    /** What each partition tells, in order. */
    private final List<List<AccountLinks>> told = new ArrayList<>();

    private Outcome right;

    private record Outcome(List<Alert> alerts, List<KeyValue<String, CampaignMember>> members) {}

    @BeforeAll
    void tell() {
        List<List<RequestEvent>> events = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            events.add(new ArrayList<>());
        }
        new Simulator(PlanReader.read(PLAN))
                .events()
                .forEachRemaining(event -> events.get(Topics.partitionOf(event.getAccountId(), PARTITIONS))
                        .add(event));
        long endMs = events.stream()
                .mapToLong(of -> of.get(of.size() - 1).getEventTime())
                .max()
                .orElseThrow();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            told.add(told(partition, events.get(partition), endMs));
        }
        right = outcome(inOrderOfTime());
    }

    private static TestPipeline pipeline(int partitions) {
        return pipeline(PipelineOptions.defaults(partitions, "test"));
    }

    private static TestPipeline pipeline(PipelineOptions options) {
        return new TestPipeline(SignatureSet.bundled(), options, Durability.FOR_THE_RUN);
    }

    /** A log whose end will be told. */
    private static TestPipeline ofLog(int partitions) {
        return pipeline(PipelineOptions.defaults(partitions, "test").withEndTold(true));
    }

    private static List<AccountLinks> told(int partition, List<RequestEvent> events, long endMs) {
        try (TestPipeline pipeline = pipeline(1)) {
            events.forEach(pipeline::send);
            pipeline.end(endMs);
            List<AccountLinks> links = pipeline.links();
            links.forEach(one -> one.setPartition(partition));
            return links;
        }
    }

    private List<AccountLinks> inOrderOfTime() {
        int[] next = new int[PARTITIONS];
        List<AccountLinks> all = new ArrayList<>();
        while (all.size() < told.stream().mapToInt(List::size).sum()) {
            int first = -1;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (next[partition] < told.get(partition).size()
                        && (first < 0 || clock(partition, next) < clock(first, next))) {
                    first = partition;
                }
            }
            all.add(told.get(first).get(next[first]++));
        }
        return all;
    }

    private long clock(int partition, int[] next) {
        return told.get(partition).get(next[partition]).getClock();
    }

    private List<AccountLinks> partitionByPartition() {
        return told.stream().flatMap(List::stream).toList();
    }

    /** Now some of one partition, now some of another. */
    private List<AccountLinks> mixed(long seed) {
        Random random = new Random(seed);
        int[] next = new int[PARTITIONS];
        List<AccountLinks> all = new ArrayList<>();
        while (all.size() < told.stream().mapToInt(List::size).sum()) {
            int partition = random.nextInt(PARTITIONS);
            List<AccountLinks> of = told.get(partition);
            int some = Math.min(of.size() - next[partition], 1 + random.nextInt(200));
            all.addAll(of.subList(next[partition], next[partition] + some));
            next[partition] += some;
        }
        return all;
    }

    private static Outcome outcome(List<AccountLinks> links) {
        try (TestPipeline pipeline = pipeline(PARTITIONS)) {
            links.forEach(pipeline::tell);
            return new Outcome(pipeline.alerts(), pipeline.members());
        }
    }

    @Test
    void campaignsAreFound() {
        assertThat(right.alerts()).extracting(Alert::getEntityId).isNotEmpty();
        assertThat(right.members()).hasSizeGreaterThan(40);
    }

    @Test
    void everyStepIsTheSameWherePartitionsAreReadOneAfterTheOther() {
        assertThat(outcome(partitionByPartition())).isEqualTo(right);
    }

    @ParameterizedTest
    @ValueSource(longs = {1})
    void everyStepIsTheSameHoweverThePartitionsAreMixed(long seed) {
        assertThat(outcome(mixed(seed))).isEqualTo(right);
    }

    @Test
    void everyStepOfALogIsTheSameHoweverSlowlyThePartitionsAreRead() {
        try (TestPipeline pipeline = ofLog(PARTITIONS)) {
            for (List<AccountLinks> of : told) {
                of.subList(0, of.size() / 2).forEach(pipeline::tell);
                passTwice(pipeline);
                of.subList(of.size() / 2, of.size()).forEach(pipeline::tell);
            }

            assertThat(new Outcome(pipeline.alerts(), pipeline.members())).isEqualTo(right);
        }
    }

    @Test
    void aPartitionOfALogIsNotTakenToBeSilentThoughItIsReadSlowly() {
        List<RequestEvent> events = new ArrayList<>();
        new Simulator(PlanReader.read(PLAN)).events().forEachRemaining(events::add);
        assertThat(toldSlowly(ofLog(1), events.subList(0, 400))).noneMatch(CampaignOrderTest::rests);
        assertThat(toldSlowly(pipeline(1), events.subList(0, 400))).anyMatch(CampaignOrderTest::rests);
    }

    private static List<AccountLinks> toldSlowly(TestPipeline of, List<RequestEvent> events) {
        try (TestPipeline pipeline = of) {
            for (int at = 0; at < events.size(); at++) {
                pipeline.send(events.get(at));
                for (int second = 0; at % 100 == 0 && second < 20; second++) {
                    pipeline.passWallClock(Duration.ofSeconds(1));
                }
            }
            return pipeline.links();
        }
    }

    private static boolean rests(AccountLinks told) {
        return told.getAccountId() == null && told.getClock() == 0 && told.getLastEventTime() == 0;
    }

    @Test
    void aPartitionThatHasStoppedHidesNothingOfTheOthers() {
        try (TestPipeline pipeline = pipeline(PARTITIONS)) {
            told.subList(1, PARTITIONS).forEach(of -> of.forEach(pipeline::tell));
            assertThat(pipeline.members()).isEmpty();

            passTwice(pipeline);

            assertThat(pipeline.members()).hasSizeGreaterThan(20);
        }
    }

    @Test
    void accountsOnAPartitionWhoseTimeWasPushedYearsAheadAreFound() {
        long ahead = Duration.ofDays(3_650).toMillis();
        try (TestPipeline pipeline = pipeline(PARTITIONS)) {
            for (AccountLinks links : partitionByPartition()) {
                AccountLinks copy = AccountLinks.newBuilder(links).build();
                if (copy.getPartition() == 2 && copy.getClock() != 0) {
                    copy.setClock(copy.getClock() + ahead);
                }
                pipeline.tell(copy);
            }
            passTwice(pipeline);
            assertThat(pipeline.alerts())
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.getTime()).isLessThan(latest() + DAY_MS));

            assertThat(pipeline.members())
                    .extracting(member -> member.key)
                    .hasSizeGreaterThanOrEqualTo(right.members().size() / 2);
        }
    }

    @Test
    void aLogThatIsOverHidesNothingOfAPartitionWhoseTimeWasPushedYearsAhead() {
        long ahead = Duration.ofDays(3_650).toMillis();
        List<AccountLinks> links = new ArrayList<>();
        for (AccountLinks one : partitionByPartition()) {
            AccountLinks copy = AccountLinks.newBuilder(one).build();
            if (copy.getPartition() == 2 && copy.getClock() != 0) {
                copy.setClock(copy.getClock() + ahead);
            }
            links.add(copy);
        }

        Outcome found = outcome(links);

        assertThat(found.alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.getTime()).isLessThan(latest() + DAY_MS));
        assertThat(keys(found)).containsAll(keys(right));
    }

    private static Set<String> keys(Outcome outcome) {
        return outcome.members().stream()
                .map(member -> member.key.substring(member.key.indexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    @Test
    void whereAllThatIsToldLiesAheadFromTheBeginningItIsFoundAtTheTimeOfTheOthers() {
        long ahead = Duration.ofDays(3_650).toMillis();
        try (TestPipeline pipeline = pipeline(PARTITIONS)) {
            for (AccountLinks links : partitionByPartition()) {
                AccountLinks copy = AccountLinks.newBuilder(links).build();
                if (copy.getAccountId() != null) {
                    copy.setPartition(2);
                    copy.setClock(latest() + ahead);
                    pipeline.tell(copy);
                } else if (copy.getPartition() != 2) {
                    pipeline.tell(copy);
                }
            }
            passTwice(pipeline);

            assertThat(pipeline.alerts())
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.getTime()).isBetween(latest() - DAY_MS, latest() + DAY_MS));
        }
    }

    /** The newest time that a partition told. */
    private long latest() {
        return told.stream()
                .flatMap(List::stream)
                .mapToLong(AccountLinks::getClock)
                .max()
                .orElseThrow();
    }

    /** What has waited for ten minutes waits no longer; the first is when it began to. */
    private static void passTwice(TestPipeline pipeline) {
        for (int turn = 0; turn < 3; turn++) {
            pipeline.passWallClock(TEN_MINUTES);
        }
    }
}
