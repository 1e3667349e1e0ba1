package io.stillwatch.simulate.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForgedClaimsTest {
    private static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            Map.entry("enduser", Set.of("end_user_id")),
            Map.entry("enduser-runs", Set.of("end_user_id")),
            Map.entry("enduser-topic", Set.of("end_user_id")),
            Map.entry("stream", Set.of("stream")),
            Map.entry("system", Set.of("system", "input_tokens")),
            Map.entry("temp0", Set.of("temperature")),
            Map.entry("nolimit", Set.of("max_tokens")),
            Map.entry("repeat", Set.of("prompt", "system", "input_tokens", "answer_in_prompt")),
            Map.entry("tools", Set.of("tools", "tools_hash", "input_tokens")),
            Map.entry("turns", Set.of("conversation_id", "turn", "messages")),
            Map.entry("conversations", Set.of("conversation_id", "turn", "messages")),
            Map.entry("client", Set.of("links")),
            Map.entry("model", Set.of("model")),
            Map.entry("created", Set.of("account_created")),
            Map.entry("sameid", Set.of("event_id")));

    private static final Simulator HARVEST = new Simulator(new SimulationPlan(
            "one",
            5,
            SimulationPlan.DEFAULT_START,
            Duration.ofDays(2),
            List.of(PlanGroup.of("bulk-instruction-harvest", 1, 400, 400))));

    static List<Claim> all() {
        return ForgedClaims.all();
    }

    private static List<RequestEvent> plain() {
        return HARVEST.stream().toList();
    }

    private static List<RequestEvent> in(Guise guise) {
        Forger forger = guise.forger(7);
        List<RequestEvent> events = plain();
        events.forEach(forger::forge);
        return events;
    }

    private static Set<String> changed(RequestEvent before, RequestEvent after) {
        return RequestEvent.getClassSchema().getFields().stream()
                .filter(field -> !Objects.equals(before.get(field.pos()), after.get(field.pos())))
                .map(Schema.Field::name)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aClaimChangesItsOwnFieldsAndNoOthers(Claim claim) {
        List<RequestEvent> before = plain();
        List<RequestEvent> after = in(new Guise(List.of(Guise.Part.of(claim))));

        Set<String> changed = new HashSet<>();
        for (int i = 0; i < before.size(); i++) {
            changed.addAll(changed(before.get(i), after.get(i)));
        }

        assertThat(changed).isNotEmpty().isSubsetOf(FIELDS.get(claim.name()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSameAccountClaimsTheSameEachTime(Claim claim) {
        Guise guise = new Guise(List.of(new Guise.Part(claim, 0.5)));

        assertThat(in(guise)).isEqualTo(in(guise));
    }

    @Test
    void ofAShareOfTheRequestsAboutThatShareClaims() {
        assertThat(in(Guise.read("stream=0.25").orElseThrow()))
                .filteredOn(event -> Boolean.TRUE.equals(event.getStream()))
                .hasSizeBetween(70, 130);
    }

    @Test
    void aTenthOfTheRequestsRepeatsAnEarlierPrompt() {
        long distinct = in(Guise.read("repeat").orElseThrow()).stream()
                .map(RequestEvent::getPrompt)
                .distinct()
                .count();

        assertThat(distinct).isBetween(330L, 380L);
    }

    @Test
    void usersInRunsComeInRunsAndSomeFarMoreOften() {
        List<String> users = in(Guise.read("enduser-runs").orElseThrow()).stream()
                .map(RequestEvent::getEndUserId)
                .toList();
        long same = 0;
        for (int i = 1; i < users.size(); i++) {
            same += users.get(i).equals(users.get(i - 1)) ? 1 : 0;
        }

        assertThat(same).isGreaterThan(300);
        assertThat(counts(users, Function.identity()).values()).anyMatch(count -> count > 30);
    }

    private static <T> Map<String, Long> counts(List<T> things, Function<T, String> key) {
        return things.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
    }

    @Test
    void dealtByTopicAUsersPromptsAreAlike() {
        Forger forger = Guise.read("enduser-topic").orElseThrow().forger(7);
        List<RequestEvent> events = new ArrayList<>(plain());
        for (int i = 0; i < events.size(); i++) {
            events.get(i)
                    .setPrompt(
                            i % 5 < 2
                                    ? "Which bank account has the lowest monthly fee in branch " + i + "?"
                                    : "Write a recipe for a chocolate cake with " + i + " cherries on top.");
        }
        events.forEach(forger::forge);

        Map<String, Set<Boolean>> topics = new TreeMap<>();
        for (int i = 0; i < events.size(); i++) {
            // Until both topics have a user of their own, prompts have nowhere else to go.
            if (i > 60) {
                topics.computeIfAbsent(events.get(i).getEndUserId(), id -> new HashSet<>())
                        .add(i % 5 < 2);
            }
        }

        assertThat(topics).hasSizeGreaterThan(10);
        assertThat(topics.values()).filteredOn(both -> both.size() > 1).hasSizeLessThan(3);
    }

    @Test
    void claimedTurnsNeverCarryTheTokensOfATurn() {
        assertThat(in(Guise.read("turns").orElseThrow()))
                .filteredOn(event -> event.getTurn() != null && event.getTurn() == 1)
                .hasSize(200)
                .allSatisfy(event -> assertThat(event.getInputTokens()).isLessThan(1_500));
    }

    @Test
    void namesAreReadAsTheyAreWritten() {
        for (String name : List.of("enduser", "enduser+repeat=0.2", "all")) {
            assertThat(Guise.read(name).orElseThrow().name()).isEqualTo(name);
        }
        assertThat(Guise.read("enduser+all")).isPresent();
        assertThat(Guise.read("")).isEmpty();
        assertThat(Guise.read("repeat=0")).isEmpty();
        assertThat(Guise.read("repeat=x")).isEmpty();
        assertThat(Guise.read("enduser+")).isEmpty();
    }
}
