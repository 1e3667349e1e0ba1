package io.stillwatch.simulate.evasion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.LabelledRequest;
import io.stillwatch.simulate.PlanException;
import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvasionsTest {
    private static final int REQUESTS = 400;
    private static final long DAY_MS = 86_400_000L;

    private static List<LabelledRequest> play(String behaviour, Optional<Disguise> disguise) {
        PlanGroup group = PlanGroup.of(behaviour, 2, REQUESTS, REQUESTS);
        SimulationPlan plan = new SimulationPlan(
                "hidden",
                5,
                SimulationPlan.DEFAULT_START,
                Duration.ofDays(28),
                List.of(disguise.map(group::hiddenBy).orElse(group)));
        List<LabelledRequest> all = new ArrayList<>();
        new Simulator(plan).labelled().forEachRemaining(all::add);
        return all;
    }

    private static List<LabelledRequest> play(String behaviour, String evasion, double strength) {
        return play(behaviour, Optional.of(new Disguise(Evasions.named(evasion).orElseThrow(), strength)));
    }

    private static List<RequestEvent> harvest(List<LabelledRequest> all) {
        return all.stream()
                .filter(LabelledRequest::hostile)
                .map(LabelledRequest::event)
                .toList();
    }

    static List<Evasion> all() {
        return Evasions.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void withoutStrengthNothingIsHidden(Evasion evasion) {
        assertThat(play("code-harvest", Optional.of(new Disguise(evasion, 0))))
                .isEqualTo(play("code-harvest", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void whoHidesStillHarvestsWithinTheirTimeAndMeans(Evasion evasion) {
        for (String behaviour : List.of("bulk-instruction-harvest", "self-chat", "best-of-n")) {
            List<LabelledRequest> played = play(behaviour, evasion.name(), 1);

            assertThat(played).hasSizeBetween(2, 2 * REQUESTS);
            assertThat(harvest(played)).isNotEmpty();
            assertThat(played)
                    .allSatisfy(request -> assertThat(
                                    request.event().getEventTime() - SimulationPlan.DEFAULT_START.toEpochMilli())
                            .isBetween(0L, 30 * DAY_MS));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whoHidesChangesSomething(Evasion evasion) {
        assertThat(play("code-harvest", evasion.name(), 1)).isNotEqualTo(play("code-harvest", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyEvasionIsFoundByItsName(Evasion evasion) {
        assertThat(Evasions.named(evasion.name())).contains(evasion);
        assertThat(evasion.description()).isNotBlank();
    }

    @Test
    void mixingLeavesOneHarvestedRequestInTwenty() {
        List<LabelledRequest> played = play("code-harvest", "mixing", 1);

        assertThat((double) harvest(played).size() / played.size()).isBetween(0.03, 0.08);
    }

    @Test
    void paddingRepeatsPromptsThatOtherAccountsSendToo() {
        List<LabelledRequest> played = play("bulk-instruction-harvest", "popular-padding", 1);
        List<Set<String>> byAccount = played.stream()
                .filter(request -> !request.hostile())
                .map(LabelledRequest::event)
                .collect(Collectors.groupingBy(
                        RequestEvent::getAccountId, Collectors.mapping(RequestEvent::getPrompt, Collectors.toSet())))
                .values()
                .stream()
                .toList();

        assertThat(harvest(played)).hasSizeLessThan(played.size() / 5);
        assertThat(byAccount.get(0)).hasSizeLessThan(201).containsAnyElementsOf(byAccount.get(1));
    }

    @Test
    void slowingLeavesOneRequestInFifty() {
        assertThat(play("code-harvest", "slowing", 1)).hasSize(2 * REQUESTS / 50);
        assertThat(play("code-harvest", "slowing", 0.5)).hasSizeBetween(100, 130);
    }

    @Test
    void restDaysLeaveOneActiveDayInSeven() {
        List<LabelledRequest> played = play("code-harvest", "rest-days", 1);
        Set<Long> days = played.stream()
                .map(request -> (request.event().getEventTime() - SimulationPlan.DEFAULT_START.toEpochMilli()) / DAY_MS)
                .collect(Collectors.toSet());

        assertThat(days).isSubsetOf(0L, 7L, 14L, 21L);
        assertThat(played.size()).isBetween(2 * REQUESTS / 7 - 2, 2 * REQUESTS / 7 + 2);
    }

    @Test
    void aPersonsTimesLeaveHoursOfTheNightEmpty() {
        assertThat(hours(play("code-harvest", Optional.empty()))).hasSizeGreaterThan(20);
        assertThat(hours(play("code-harvest", "irregular-times", 1)))
                .hasSizeLessThan(hours(play("code-harvest", Optional.empty())).size());
    }

    /** Hours of the day in which the busiest account asks. */
    private static Set<Long> hours(List<LabelledRequest> played) {
        String account = played.get(0).event().getAccountId();
        return played.stream()
                .map(LabelledRequest::event)
                .filter(event -> event.getAccountId().equals(account))
                .map(event -> event.getEventTime() / 3_600_000 % 24)
                .collect(Collectors.toSet());
    }

    @Test
    void rewordingChangesPromptsAndNothingElse() {
        List<RequestEvent> plain = harvest(play("templated-augmentation", Optional.empty()));
        List<RequestEvent> reworded = harvest(play("templated-augmentation", "rewording", 1));

        assertThat(reworded).hasSameSizeAs(plain);
        assertThat(IntStream.range(0, plain.size())
                        .filter(i ->
                                plain.get(i).getPrompt().equals(reworded.get(i).getPrompt()))
                        .count())
                .isLessThan(plain.size() / 10);
        assertThat(reworded)
                .extracting(RequestEvent::getMaxTokens)
                .containsExactlyElementsOf(
                        plain.stream().map(RequestEvent::getMaxTokens).toList());
    }

    @Test
    void openingsOfATemplateVaryOnceItIsReworded() {
        assertThat(openings(play("templated-augmentation", "rewording", 1)))
                .hasSizeGreaterThan(4
                        * openings(play("templated-augmentation", Optional.empty()))
                                .size());
    }

    private static Set<String> openings(List<LabelledRequest> played) {
        return harvest(played).stream()
                .map(event -> event.getPrompt()
                        .substring(0, Math.min(12, event.getPrompt().length())))
                .collect(Collectors.toSet());
    }

    @Test
    void aDialogueAsksAnotherItemInEveryTurn() {
        List<RequestEvent> asked = harvest(play("bulk-instruction-harvest", "dialogue", 1));

        assertThat(asked).allSatisfy(event -> {
            assertThat(event.getConversationId()).isNotNull();
            assertThat(event.getMessages()).isGreaterThanOrEqualTo(2 * event.getTurn() + 1);
        });
        assertThat(asked.stream().filter(event -> event.getTurn() > 0).count()).isGreaterThan(asked.size() / 2);
        assertThat(asked.stream().map(RequestEvent::getPrompt).distinct().count())
                .isGreaterThan(asked.size() * 9L / 10);
    }

    @Test
    void harvestsThatAreDialoguesAnywayStayAsTheyAre() {
        assertThat(play("self-chat", "dialogue", 1)).isEqualTo(play("self-chat", Optional.empty()));
    }

    @Test
    void aMimickedClientStreamsAndSetsNothing() {
        assertThat(harvest(play("bulk-instruction-harvest", "client-mimicry", 1)))
                .allSatisfy(event -> {
                    assertThat(event.getStream()).isTrue();
                    assertThat(event.getMaxTokens()).isNull();
                    assertThat(event.getTemperature()).isNull();
                });
        List<RequestEvent> half = harvest(play("bulk-instruction-harvest", "client-mimicry", 0.5));
        assertThat((double) half.stream()
                                .filter(event -> event.getMaxTokens() == null)
                                .count()
                        / half.size())
                .isBetween(0.4, 0.6);
    }

    @Test
    void honestKindsHideNothing() {
        PlanGroup group = PlanGroup.of("chat-user", 1, 10, 10);
        Disguise disguise = new Disguise(Evasions.all().get(0), 0.5);

        assertThatThrownBy(() -> group.hiddenBy(disguise))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("chat-user is honest");
    }

    @Test
    void aStrengthLiesBetweenNoneAndAll() {
        Evasion any = Evasions.all().get(0);

        assertThatThrownBy(() -> new Disguise(any, -0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Disguise(any, 1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Disguise(any, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
