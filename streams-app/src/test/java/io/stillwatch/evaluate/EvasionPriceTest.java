package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EvasionPriceTest {
    private static final EvasionPrice PRICE = new EvasionPrice(
            "mixing",
            0.5,
            "the ordinary requests",
            List.of(
                    spoils(new Haul(100, 1_000, true), OptionalLong.of(120)),
                    spoils(new Haul(10, 200, true), OptionalLong.of(20)),
                    spoils(new Haul(700, 6_000, false), OptionalLong.empty()),
                    spoils(new Haul(30, 400, true), OptionalLong.of(40))));

    private static Spoils spoils(Haul haul, OptionalLong requests) {
        return new Spoils(
                haul, new Haul(1_000, 9_000, false), requests, OptionalLong.empty(), new Effort(600, 12_000, 300));
    }

    @Test
    void meansAndMediansAreOfTheAccounts() {
        assertThat(PRICE.caught(Tier.ANY)).isEqualTo(new Rate(3, 4));
        assertThat(PRICE.caught(Tier.ABOVE_LOW)).isEqualTo(new Rate(0, 4));
        assertThat(PRICE.answersMean(Tier.ANY)).isEqualTo(210);
        assertThat(PRICE.answersMedian(Tier.ANY)).isEqualTo(30);
        assertThat(PRICE.answersMean(Tier.ABOVE_LOW)).isEqualTo(1_000);
        assertThat(PRICE.outputTokensMean(Tier.ANY)).isEqualTo(1_900);
        assertThat(PRICE.requestsUntil(Tier.ANY)).hasValue(40);
        assertThat(PRICE.requestsUntil(Tier.ABOVE_LOW)).isEmpty();
        assertThat(PRICE.requestsAnAnswer()).hasValue(2);
        assertThat(PRICE.inputTokensAnAnswer()).hasValue(40);
    }

    @Test
    void withoutAccountsThereIsNoPrice() {
        assertThatThrownBy(() -> new EvasionPrice("mixing", 1, "", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void jsonTellsHowItWasTriedAndWhatCameOfIt() throws Exception {
        JsonNode root = new ObjectMapper()
                .readTree(AdversaryJson.of(Map.of(Adversary.evading(2, 9), List.of(PRICE)), Map.of()))
                .get("evasions");

        assertThat(root.get("seed").longValue()).isEqualTo(9);
        assertThat(root.get("days").longValue()).isEqualTo(30);
        assertThat(root.get("accounts_of_each_behaviour").intValue()).isEqualTo(2);
        assertThat(root.get("behaviours")).isNotEmpty();
        assertThat(root.get("figures").get("evasion.mixing@0.50.detection").doubleValue())
                .isEqualTo(0.75);
        assertThat(root.get("ways")).hasSize(1);
        JsonNode mixing = root.get("ways").get(0);
        assertThat(mixing.get("name").textValue()).isEqualTo("mixing");
        assertThat(mixing.get("strength").doubleValue()).isEqualTo(0.5);
        assertThat(mixing.get("accounts").intValue()).isEqualTo(4);
        assertThat(mixing.get("caught").intValue()).isEqualTo(3);
        assertThat(mixing.get("caught_above_low").intValue()).isZero();
        assertThat(mixing.get("answers_mean").doubleValue()).isEqualTo(210);
        assertThat(mixing.get("requests_an_answer").doubleValue()).isEqualTo(2);
    }
}
