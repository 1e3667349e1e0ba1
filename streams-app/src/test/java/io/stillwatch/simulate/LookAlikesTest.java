package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Label;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The honest groups that look like campaigns look like them, in what each is named for. */
class LookAlikesTest {
    private static final long HOUR_MS = 3_600_000L;
    private static final long DAY_MS = 24 * HOUR_MS;

    private static long distinctSystems(Played played) {
        return played.events().stream().map(RequestEvent::getSystem).distinct().count();
    }

    private static Map<String, Set<String>> sendersOfPrompts(Played played) {
        Map<String, Set<String>> senders = new HashMap<>();
        for (RequestEvent event : played.events()) {
            if (event.getPrompt().length() > 60) {
                senders.computeIfAbsent(event.getPrompt(), prompt -> new HashSet<>())
                        .add(event.getAccountId());
            }
        }
        return senders;
    }

    @Test
    void aCompanyIsBehindOneNetworkOneBillAndOneToolInWorkingHours() {
        Played company = Played.of("{days: 5, groups: [{persona: company, accounts: 500, requests: [3, 90]}]}");

        assertThat(company.tokens("network")).isOne();
        assertThat(company.tokens("payment")).isOne();
        assertThat(company.tokens("client")).isOne();
        assertThat(distinctSystems(company)).isOne();
        assertThat(company.accounts()).hasSize(500);
        assertThat(company.events().stream()
                        .map(RequestEvent::getOrganizationId)
                        .distinct())
                .hasSize(1);
        // Twelve hours of the day have nearly all of it, wherever the company is.
        Map<Integer, Long> byHour = company.events().stream()
                .collect(Collectors.groupingBy(
                        event -> Instant.ofEpochMilli(event.getEventTime())
                                .atOffset(ZoneOffset.UTC)
                                .getHour(),
                        TreeMap::new,
                        Collectors.counting()));
        long busiest = byHour.values().stream()
                .sorted((a, b) -> Long.compare(b, a))
                .limit(12)
                .mapToLong(n -> n)
                .sum();
        assertThat(busiest).isGreaterThan(company.events().size() * 92L / 100);
    }

    @Test
    void employeesAreUnequallyBusyAndHaveTopicsOfTheirOwn() {
        Played company = Played.of("{days: 5, groups: [{persona: company, accounts: 500, requests: [3, 90]}]}");
        List<Integer> sizes =
                company.accounts().stream().map(List::size).sorted().toList();

        int busiestTenth = sizes.subList(450, 500).stream().mapToInt(n -> n).sum();
        assertThat(busiestTenth).isGreaterThan(company.events().size() / 4);
        long spread = company.accounts().stream()
                .map(own -> own.get(0).getAccountCreated() / DAY_MS)
                .distinct()
                .count();
        assertThat(spread).isGreaterThan(200);
        assertThat(sendersOfPrompts(company).values().stream().filter(who -> who.size() > 2))
                .hasSizeLessThan(20);
    }

    @Test
    void aCompanysAccountsMayBeProvisionedAtOnce() {
        Played company = Played.of("groups: [{persona: company, accounts: 100, requests: 5, signed_up: [1, 1.05]}]");

        assertThat(company.accounts().stream()
                        .map(own -> own.get(0).getAccountCreated() / HOUR_MS)
                        .distinct())
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aClassSendsTheSameTasksInTheSameMinutesFromNewAccounts() {
        Played pupils = Played.of("{days: 5, groups: [{persona: class, accounts: 28, requests: [6, 30]}]}");

        assertThat(pupils.tokens("network")).isOne();
        assertThat(pupils.tokens("client")).isOne();
        assertThat(pupils.tokens("payment")).isEqualTo(28);
        assertThat(pupils.accounts())
                .allMatch(own -> own.get(0).getEventTime() - own.get(0).getAccountCreated() < 15 * DAY_MS);
        assertThat(pupils.accounts().stream()
                        .map(own -> own.get(0).getAccountCreated() / HOUR_MS)
                        .distinct())
                .hasSizeLessThanOrEqualTo(3);
        assertThat(sendersOfPrompts(pupils).values()).anyMatch(who -> who.size() >= 4);
        Map<Long, Long> byHour = pupils.events().stream()
                .collect(Collectors.groupingBy(event -> event.getEventTime() / HOUR_MS, Collectors.counting()));
        long busiest = byHour.values().stream()
                .sorted((a, b) -> Long.compare(b, a))
                .limit(10)
                .mapToLong(n -> n)
                .sum();
        assertThat(busiest).isGreaterThan(pupils.events().size() * 6L / 10);
    }

    @Test
    void classesHaveLessonsOfTheirOwn() {
        Played schools = Played.of("{days: 5, groups: [{persona: class, accounts: 84, requests: [6, 30]}]}");

        assertThat(schools.tokens("network")).isEqualTo(3);
    }

    @Test
    void usersOfAnAppShareItsWordsAndParametersAndNothingElse() {
        Played app = Played.of("{days: 5, groups: [{persona: popular-app, accounts: 300, requests: [2, 30]}]}");

        assertThat(distinctSystems(app)).isOne();
        assertThat(app.events().stream()
                        .map(event -> event.getTemperature() + " " + event.getMaxTokens() + " " + event.getModel())
                        .distinct())
                .hasSize(1);
        String frame = app.events().get(0).getPrompt().substring(0, 16);
        assertThat(app.events()).allMatch(event -> event.getPrompt().startsWith(frame));
        assertThat(app.tokens("payment")).isEqualTo(300);
        assertThat(app.tokens("network")).isGreaterThan(180);
        assertThat(app.tokens("client")).isOne();
        assertThat(app.tokens("country")).isGreaterThan(5);
        long young = app.accounts().stream()
                .filter(own ->
                        SimulationPlan.DEFAULT_START.toEpochMilli() - own.get(0).getAccountCreated() < 10 * DAY_MS)
                .count();
        assertThat(young).isBetween(60L, 150L);
        assertThat(sendersOfPrompts(app).values()).noneMatch(who -> who.size() > 2);
    }

    @Test
    void usersOfAnAppTryTheSameTextAgain() {
        Played app = Played.of("{days: 5, groups: [{persona: popular-app, accounts: 200, requests: [4, 30]}]}");
        long again = app.accounts().stream()
                .filter(own ->
                        own.stream().map(RequestEvent::getPrompt).distinct().count() < own.size())
                .count();

        assertThat(again).isGreaterThan(40);
    }

    @Test
    void aPromptThatGoesViralIsSentByStrangersWithinTwoDaysAmidTheirOwnChat() {
        Played craze = Played.of("{days: 7, groups: [{persona: viral-prompt, accounts: 300, requests: [4, 24]}]}");

        String viral = craze.events().stream()
                .filter(event -> event.getPrompt().length() > 60)
                .collect(Collectors.groupingBy(event -> event.getPrompt().substring(0, 60), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        List<RequestEvent> sent = craze.events().stream()
                .filter(event -> event.getPrompt().startsWith(viral))
                .sorted((a, b) -> Long.compare(a.getEventTime(), b.getEventTime()))
                .toList();
        assertThat(sent.stream().map(RequestEvent::getAccountId).distinct()).hasSizeGreaterThan(120);
        assertThat(sent.get(sent.size() - 1).getEventTime() - sent.get(0).getEventTime())
                .isLessThan(2 * DAY_MS);
        assertThat(sent.size()).isLessThan(craze.events().size() / 3);
        assertThat(craze.tokens("payment")).isEqualTo(300);
        assertThat(craze.tokens("client")).isGreaterThan(5);
        assertThat(craze.tokens("country")).isGreaterThan(5);
    }

    @Test
    void aSharedAccountSpeaksManyLanguages() {
        Played shared = Played.of("groups: [{persona: shared-account, accounts: 10, requests: 200}]");

        long withHan = shared.accounts().stream()
                .filter(own -> own.stream()
                        .anyMatch(event -> event.getPrompt().codePoints().anyMatch(Character::isIdeographic)))
                .filter(own -> own.stream().anyMatch(event -> event.getPrompt().contains("the ")))
                .count();
        assertThat(withHan).isGreaterThan(2);
    }

    @Test
    void thePlanOfLookAlikesHasNoHostileAccount() {
        Simulator simulator = new Simulator(SimulationPlan.preset("look-alikes"));

        assertThat(simulator.truth()).allMatch(row -> row.label() == Label.HONEST);
        assertThat(simulator.truth())
                .extracting(TruthRow::kind)
                .contains("company", "class", "popular-app", "viral-prompt");
    }
}
