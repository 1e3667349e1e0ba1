package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.Footing;
import io.stillwatch.simulate.actor.Label;
import io.stillwatch.simulate.evasion.Disguise;
import io.stillwatch.simulate.evasion.Evasions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReaderTest {
    @Test
    void aPlanIsReadWithAllItsKeys() {
        SimulationPlan plan = PlanReader.read("""
                name: two
                seed: 5
                start: 2026-01-02T03:04:05Z
                days: 2.5
                groups:
                  - {persona: chat-user, accounts: 4, requests: [5, 9], team: 2, timing: office}
                  - behaviour: mixed
                    accounts: 3
                    requests: 60
                    share: [0.3, 0.6]
                    cover: [chat-user, code-assistant]
                    campaign: {name: north, deal: in-turn}
                    from_day: 1
                    days: 1
                    new_accounts: true
                    together: {payment: 2}
                """);

        assertThat(plan.name()).isEqualTo("two");
        assertThat(plan.seed()).isEqualTo(5);
        assertThat(plan.start()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(plan.length()).isEqualTo(Duration.ofHours(60));
        assertThat(plan.accounts()).isEqualTo(7);
        assertThat(plan.groups().get(0).team()).contains(2);
        assertThat(plan.groups().get(1))
                .isEqualTo(new PlanGroup(
                        "mixed",
                        3,
                        new PlanGroup.Range(60, 60),
                        new PlanGroup.Share(0.3, 0.6),
                        List.of("chat-user", "code-assistant"),
                        Optional.of(new CampaignPlan("north", Deal.IN_TURN)),
                        Optional.empty(),
                        1,
                        Optional.of(1.0),
                        Optional.empty(),
                        Optional.of(true),
                        Map.of("payment", 2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "groups: [{persona: chat-usr, requests: 5}] ~ line 1, groups[1]: there is no persona or behaviour \"chat-usr\"; did you mean chat-user?",
                "groups: [{persona: best-of-n, requests: 5}] ~ line 1, groups[1]: best-of-n is hostile, so name it as behaviour.",
                "groups: [{behaviour: chat-user, requests: 5}] ~ line 1, groups[1]: chat-user is honest, so name it as persona.",
                "groups: [{requests: 5}] ~ line 1, groups[1]: it needs either persona (honest) or behaviour (hostile).",
                "groups: [{persona: chat-user}] ~ line 1, groups[1]: requests is missing; give a number or [least, most].",
                "groups: [{persona: chat-user, requests: many}] ~ line 1, groups[1]: requests must be a whole number or [least, most].",
                "groups: [{persona: chat-user, requests: [9, 2]}] ~ line 1, groups[1]: requests must be [least, most] with 1 to 5000000.",
                "groups: [{persona: chat-user, requests: 5, acounts: 3}] ~ line 1, groups[1]: unknown key \"acounts\"; did you mean accounts?",
                "groups: [{persona: chat-user, requests: 5, accounts: 0}] ~ line 1, groups[1]: accounts must be 1 to 5000000.",
                "groups: [{persona: chat-user, requests: 5, share: 0.5}] ~ line 1, groups[1]: share and campaign are for hostile behaviours only, and chat-user is honest.",
                "groups: [{behaviour: mixed, requests: 5, share: 2}] ~ line 1, groups[1]: share must be [least, most] with both above 0 and at most 1.",
                "groups: [{behaviour: mixed, requests: 5, cover: best-of-n}] ~ line 1, groups[1]: cover must name honest personas, and best-of-n is hostile.",
                "groups: [{behaviour: mixed, requests: 5, campaign: {name: a, deal: cards}}] ~ line 1, groups[1]: campaign.deal must be one of round-robin, random, sticky, burst, in-turn, and \"cards\" is none of them.",
                "groups: [{behaviour: mixed, requests: 5, campaign: {deal: random}}] ~ line 1, groups[1]: campaign needs a name.",
                "groups: [{persona: chat-user, requests: 5, timing: weekly}] ~ line 1, groups[1]: timing must be one of human, office, service, bursty, flat, batch, slow.",
                "groups: [{persona: chat-user, requests: 5, together: {phone: 3}}] ~ line 1, groups[1]: together may hold network, payment, client, tls, signup, country.",
                "groups: [{persona: chat-user, requests: 5, from_day: 9}] ~ from_day of the group chat-user lies after the end of the plan.",
                "groups: [{behaviour: mixed, requests: 5, campaign: {name: a, active: 0}}] ~ line 1, groups[1]: campaign.active must be 1 or more.",
                "groups: [{behaviour: mixed, requests: 5, campaign: {name: a, template: new}}] ~ line 1, groups[1]: campaign.template must be one of own, shared, paraphrased, none, and \"new\" is none of them.",
                "groups: [{behaviour: mixed, requests: 5, campaign: {name: a, parameters: odd}}] ~ line 1, groups[1]: campaign.parameters must be one of own, ordinary, and \"odd\" is none of them.",
                "groups: [{persona: chat-user, requests: 5, signed_up: 3}] ~ line 1, groups[1]: signed_up must be [least, most] days before the beginning.",
                "groups: [{persona: chat-user, requests: 5, signed_up: [3, 1]}] ~ line 1, groups[1]: signed_up must be [least, most] days before the beginning, both 0 or more.",
                "groups: [{persona: chat-user, requests: 5, signed_up: [1, 3], new_accounts: true}] ~ line 1, groups[1]: new_accounts and signed_up exclude each other.",
                "groups: [{persona: chat-user, requests: 5, footing: moon}] ~ line 1, groups[1]: footing must be one of home, office, cloud, and \"moon\" is none of them.",
                "groups: [] ~ groups must be a list with at least one persona or behaviour.",
                "groups: [7] ~ line 1, groups[1]: it must be a mapping such as {persona: chat-user, accounts: 10, requests: 50}.",
                "{days: 900, groups: [{persona: chat-user, requests: 5}]} ~ days must be between 0.05 and 400.",
                "{days: soon, groups: [{persona: chat-user, requests: 5}]} ~ days must be a number.",
                "{seed: 1.5, groups: [{persona: chat-user, requests: 5}]} ~ seed must be a whole number.",
                "{start: yesterday, groups: [{persona: chat-user, requests: 5}]} ~ start must be a time such as 2026-09-21T00:00:00Z, and \"yesterday\" is none.",
                "{gruops: [], days: 1} ~ the plan: unknown key \"gruops\"; did you mean groups?",
                "[1, 2] ~ it must hold a mapping with the key groups.",
                "'{groups: [}' ~ it is no valid YAML near line 1.",
            })
    void aMistakeInAPlanIsOneSentenceThatSaysWhereAndWhat(String yaml, String message) {
        assertThatThrownBy(() -> PlanReader.read(yaml))
                .isInstanceOf(PlanException.class)
                .hasMessage(message);
    }

    @Test
    void aCampaignIsReadWithAllItsKeys() {
        PlanGroup group = PlanReader.read("""
                groups:
                  - behaviour: code-harvest
                    accounts: 30
                    requests: 20
                    campaign: {name: north, deal: sticky, active: 10, template: paraphrased, parameters: ordinary}
                    signed_up: [0.5, 90]
                    footing: home
                """).groups().get(0);

        assertThat(group.campaign())
                .contains(new CampaignPlan("north", Deal.STICKY, Optional.of(10), Template.PARAPHRASED, true));
        assertThat(group.signedUp()).contains(new PlanGroup.Days(0.5, 90));
        assertThat(group.footing()).contains(Footing.HOME);
    }

    @Test
    void anEvasionHasANameAndFullStrengthUnlessItSaysLess() {
        SimulationPlan plan = PlanReader.read("""
                groups:
                  - {behaviour: code-harvest, requests: 60, evasion: {name: mixing, strength: 0.25}}
                  - {behaviour: code-harvest, requests: 60, evasion: {name: dialogue}}
                """);

        assertThat(plan.groups())
                .extracting(group -> group.disguise().orElseThrow())
                .containsExactly(
                        new Disguise(Evasions.named("mixing").orElseThrow(), 0.25),
                        new Disguise(Evasions.named("dialogue").orElseThrow(), 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mixing                       | line 1, groups[1]: evasion must be a mapping such as {name: mixing, strength: 0.5}.
            {strength: 0.5}              | line 1, groups[1]: evasion needs a name, or claims.
            {name: mixin}                | line 1, groups[1]: there is no evasion "mixin"; did you mean mixing?
            {name: mixing, strength: 2}  | line 1, groups[1]: evasion.strength must be between 0 and 1.
            {name: mixing, power: 1}     | line 1, groups[1].evasion: unknown key "power"; there are claims, name, strength.
            """)
    void anEvasionThatIsNoneIsExplained(String evasion, String message) {
        assertThatThrownBy(() ->
                        PlanReader.read("groups: [{behaviour: code-harvest, requests: 9, evasion: " + evasion + "}]"))
                .isInstanceOf(PlanException.class)
                .hasMessage(message);
    }

    @Test
    void aPlanFileIsNamedInTheMessage(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("week.yaml"), "groups: 5");

        assertThatThrownBy(() -> PlanReader.read(file))
                .hasMessage("The plan \"week.yaml\" cannot be used: groups must be a list with at least one persona or"
                        + " behaviour.");
        assertThatThrownBy(() -> PlanReader.read(folder.resolve("absent.yaml")))
                .hasMessage("The plan \"absent.yaml\" cannot be read; check that it is a text file you may read.");
    }

    @Test
    void controlCharactersOfAPlanNeverReachTheMessage() {
        assertThatThrownBy(() -> PlanReader.read("groups: [{persona: \"\\e[31mred\", requests: 5}]"))
                .message()
                .startsWith("line 1, groups[1]: there is no persona or behaviour \"?[31mred\"");
    }

    @Test
    void theShippedPlansAreReadAndUnknownOnesAreExplained() {
        for (String name : SimulationPlan.presetNames()) {
            assertThat(SimulationPlan.preset(name).name()).isEqualTo(name);
        }
        assertThatThrownBy(() -> SimulationPlan.preset("big"))
                .hasMessage(
                        "There is no plan named \"big\"; there are demo, small, honest, evaluation, harvests, crowds, holdout, campaigns,"
                                + " campaigns-bare, hydra, hydra-mixed, look-alikes, reported-scale, or name a YAML file.");
    }

    @Test
    void theDemoHasEnoughAccountsAndEveryBehaviourThatADayOfOneAccountShows() {
        SimulationPlan plan = SimulationPlan.preset("demo");

        Set<String> kinds = plan.groups().stream().map(PlanGroup::kind).collect(Collectors.toSet());
        assertThat(plan.accounts()).isGreaterThanOrEqualTo(300);
        assertThat(plan.length()).isEqualTo(Duration.ofDays(7));
        assertThat(Kinds.all().stream()
                        .filter(kind -> kind.label() == Label.HOSTILE)
                        .map(Behaviour::kind)
                        // No day of these looks like a harvest; they need longer windows and the account's own past.
                        .filter(kind -> !Set.of("low-and-slow", "mixed").contains(kind)))
                .allMatch(kinds::contains);
        assertThat(SimulationPlan.preset("honest").groups())
                .allMatch(group -> Kinds.named(group.kind()).label() == Label.HONEST);
    }
}
