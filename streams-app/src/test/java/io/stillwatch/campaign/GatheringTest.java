package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.feature.CampaignTraits;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final String[][] SUBJECTS = {
        {"river", "bridge", "fish", "boat", "water", "flood"},
        {"engine", "wheel", "brake", "road", "driver", "fuel"},
        {"violin", "song", "choir", "melody", "drum", "concert"},
        {"planet", "star", "comet", "orbit", "telescope", "moon"},
        {"bread", "flour", "oven", "yeast", "kitchen", "butter"}
    };

    private final Fingerprinter fingerprinter = new Fingerprinter();
    private final Random random = new Random(3);

    @Test
    void shardsOfOneQueueShareNoPromptAndAreExchangeable() {
        CampaignTraits traits = traits(
                30, (account, number) -> prompt(random.nextInt(SUBJECTS.length)) + " " + random.nextInt(1_000_000));

        assertThat(traits.accounts()).isEqualTo(30);
        assertThat(traits.sharedPrompts()).isLessThan(0.05);
        assertThat(traits.exchangeability()).isCloseTo(1, within(0.3));
        assertThat(traits.loadSpread()).isZero();
        assertThat(traits.newAccounts()).isEqualTo(0.5);
    }

    @Test
    void peopleWithSubjectsOfTheirOwnAreNotExchangeable() {
        CampaignTraits traits =
                traits(30, (account, number) -> prompt(account % SUBJECTS.length) + " " + random.nextInt(1_000_000));

        assertThat(traits.exchangeability()).isGreaterThan(2);
    }

    @Test
    void homeworkIsSharedByAll() {
        CampaignTraits traits = traits(30, (account, number) -> "Question " + number + " of the homework about stars");

        assertThat(traits.sharedPrompts()).isGreaterThan(0.9);
    }

    @Test
    void ageIsNotToldWhereNobodysIsKnown() {
        Gathering gathering = new Gathering(true);
        gathering.add(
                new Member("a", Map.of(), 0, Optional.empty(), 1, 1),
                profile(List.of("Which bridge crosses the river?", "Who wrote the song?")));

        assertThat(gathering.traits(Part.WHOLE).newAccounts()).isNaN();
        assertThat(gathering.traits(Part.WHOLE).exchangeability()).isNaN();
    }

    @Test
    void aPartThatNobodyHasTellsNothing() {
        assertThat(new Gathering(true).traits(Part.WHOLE).loadSpread()).isNaN();
        assertThat(new Gathering(true).traits(Part.named("tools").orElseThrow()).sharedPrompts())
                .isNaN();
    }

    private interface Prompts {
        String of(int account, int number);
    }

    private CampaignTraits traits(int accounts, Prompts prompts) {
        Gathering gathering = new Gathering(true);
        for (int account = 0; account < accounts; account++) {
            List<String> texts = new ArrayList<>();
            for (int number = 0; number < 20; number++) {
                texts.add(prompts.of(account, number));
            }
            gathering.add(
                    new Member(
                            "a" + account,
                            Map.of(LinkKind.PAYMENT, 3, LinkKind.PARAMETERS, 9),
                            0,
                            Optional.of(account % 2 == 0),
                            20,
                            100),
                    profile(texts));
        }
        assertThat(gathering.profile().requests()).isEqualTo(20L * accounts);
        assertThat(gathering.traits(Part.WHOLE).sharedKinds()).isEqualTo(2);
        assertThat(gathering.traits(Part.WHOLE).sharedInfrastructure()).isEqualTo(1);
        return gathering.traits(Part.WHOLE);
    }

    private StrandedProfile profile(List<String> prompts) {
        StrandedProfile profile = new StrandedProfile();
        for (String prompt : prompts) {
            profile.add(fingerprinter.fingerprint(RequestEvent.newBuilder()
                    .setEventId("e" + prompt)
                    .setEventTime(1_000)
                    .setAccountId("a")
                    .setPrompt(prompt)
                    .build()));
        }
        return profile;
    }

    private String prompt(int subject) {
        String[] words = SUBJECTS[subject];
        return "Tell me how the " + words[random.nextInt(words.length)] + " and the "
                + words[random.nextInt(words.length)] + " belong together";
    }
}
