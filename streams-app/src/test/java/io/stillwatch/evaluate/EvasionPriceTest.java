package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvasionPriceTest {
    private static final EvasionPrice PRICE = new EvasionPrice(
            "mixing",
            0.5,
            List.of(
                    new Haul(100, 1_000, true),
                    new Haul(10, 200, true),
                    new Haul(700, 6_000, false),
                    new Haul(30, 400, true)));

    @Test
    void meansAndMediansAreOfTheAccounts() {
        assertThat(PRICE.caught()).isEqualTo(3);
        assertThat(PRICE.requestsMean()).isEqualTo(210);
        assertThat(PRICE.requestsMedian()).isEqualTo(30);
        assertThat(PRICE.outputTokensMean()).isEqualTo(1_900);
    }

    @Test
    void withoutAccountsThereIsNoPrice() {
        assertThatThrownBy(() -> new EvasionPrice("mixing", 1, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void jsonTellsHowItWasTriedAndWhatCameOfIt() throws Exception {
        JsonNode root = new ObjectMapper().readTree(AdversaryJson.of(Adversary.usual(2, 9), List.of(PRICE)));

        assertThat(root.get("seed").longValue()).isEqualTo(9);
        assertThat(root.get("days").longValue()).isEqualTo(30);
        assertThat(root.get("accounts_of_each_behaviour").intValue()).isEqualTo(2);
        assertThat(root.get("behaviours")).isNotEmpty();
        assertThat(root.get("evasions")).hasSize(1);
        JsonNode mixing = root.get("evasions").get(0);
        assertThat(mixing.get("evasion").textValue()).isEqualTo("mixing");
        assertThat(mixing.get("strength").doubleValue()).isEqualTo(0.5);
        assertThat(mixing.get("accounts").intValue()).isEqualTo(4);
        assertThat(mixing.get("caught").intValue()).isEqualTo(3);
        assertThat(mixing.get("requests_mean").doubleValue()).isEqualTo(210);
        assertThat(mixing.get("requests_median").doubleValue()).isEqualTo(30);
        assertThat(mixing.get("output_tokens_mean").doubleValue()).isEqualTo(1_900);
    }
}
