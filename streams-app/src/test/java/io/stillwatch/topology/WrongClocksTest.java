package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Reference;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One record with a stamp hours to years off, wherever it stands in a log, hides nothing that the log shows without it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongClocksTest {
    private static final String PLAN = """
            name: clocks
            seed: 5
            days: 2
            groups:
              - behaviour: reasoning-trace-elicitation
                accounts: 24
                requests: [10, 14]
                campaign: {name: hydra, deal: random, template: shared}
                together: {network: 4, payment: 6, client: 1, tls: 1}
                signed_up: [0.5, 10]
                timing: service
              - {behaviour: logprob-harvest, accounts: 1, requests: 150}
              - {persona: chat-user, accounts: 60, requests: [4, 12]}
            """;

    private final List<RequestEvent> log = new ArrayList<>();
    private Outcome right;

    /** What a log shows: who alerted, and which accounts campaigns have. */
    private record Outcome(Set<String> alerted, Set<String> members, long setAside) {}

    @BeforeAll
    void playTheLogAsItIs() {
        new Simulator(PlanReader.read(PLAN)).events().forEachRemaining(log::add);
        right = play(log);
    }

    private static Outcome play(List<RequestEvent> events) {
        Set<String> alerted = new TreeSet<>();
        Set<String> members = new TreeSet<>();
        try (OfflinePipeline pipeline = new OfflinePipeline(
                SignatureSet.bundled(),
                Reference.bundled(),
                true,
                EvaluationListener.NONE,
                step -> alerted.add(named(step)),
                (campaign, account, member) -> member.ifPresent(known -> members.add(account)))) {
            events.forEach(pipeline::send);
            pipeline.finish();
            return new Outcome(alerted, members, pipeline.setAside());
        }
    }

    /** A campaign is named by when it was first seen, so by its kind here. */
    private static String named(Alert step) {
        return step.getEntityType().equals("campaign") ? "a campaign" : step.getEntityId();
    }

    @Test
    void theLogShowsACampaignAndAnAccount() {
        assertThat(right.alerted()).hasSize(2).contains("a campaign");
        assertThat(right.members()).hasSize(24);
        assertThat(right.setAside()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "first, PT1H",
        "first, P33D",
        "first, P400D",
        "first, P3650D",
        "first, -PT1H",
        "first, -P3650D",
        "middle, PT1H",
        "middle, P33D",
        "middle, P3650D",
        "middle, -P3650D",
        "last, PT1H",
        "last, P33D",
        "last, P3650D",
        "last, -P3650D"
    })
    void oneWrongStampOfAnAccountOfItsOwnChangesNothing(String place, Duration off) {
        RequestEvent stray = RequestEvent.newBuilder(at(place))
                .setEventId("stray")
                .setAccountId("stray")
                .setEventTime(at(place).getEventTime() + off.toMillis())
                .build();
        List<RequestEvent> events = new ArrayList<>(log);
        events.add(index(place), stray);

        assertThat(play(events)).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource({"PT3H", "P33D", "P3650D"})
    void aHarvesterWhoseFirstStampIsWrongIsFoundByTheRest(Duration off) {
        List<RequestEvent> events = new ArrayList<>(log);
        String harvester = right.alerted().stream()
                .filter(one -> !one.equals("a campaign"))
                .findFirst()
                .orElseThrow();
        for (int at = 0; at < events.size(); at++) {
            if (events.get(at).getAccountId().equals(harvester)) {
                RequestEvent first = events.remove(at);
                events.add(
                        0,
                        RequestEvent.newBuilder(first)
                                .setEventTime(first.getEventTime() + off.toMillis())
                                .build());
                break;
            }
        }

        assertThat(play(events)).isEqualTo(right);
    }

    private int index(String place) {
        return switch (place) {
            case "first" -> 0;
            case "middle" -> log.size() / 2;
            default -> log.size();
        };
    }

    private RequestEvent at(String place) {
        return log.get(Math.min(index(place), log.size() - 1));
    }
}
