package io.stillwatch.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.evaluate.Adversary;
import io.stillwatch.evaluate.EvasionPrice;
import io.stillwatch.evaluate.Rate;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdversaryRunTest {
    private static final CompiledSignature FORTY_REQUESTS = SignatureReader.read("forty.yaml", """
            id: forty-requests
            version: 1
            title: Forty requests
            severity: low
            window: PT24H
            condition: requests >= 40.0
            score: "1.0"
            evidence: [requests]
            """);

    private final Streams streams = new Streams();
    private final TerminalOutput output =
            new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL);

    private List<EvasionPrice> run(Adversary adversary) {
        List<EvasionPrice> prices = new AdversaryRun(
                        adversary, SignatureSet.of(List.of(FORTY_REQUESTS)), Reference.bundled(), true)
                .run(2, output);
        AdversaryTable.print(adversary, prices, output);
        return prices;
    }

    private static Adversary small(Adversary usual, String... names) {
        return new Adversary(
                usual.kind(),
                List.of("code-harvest"),
                2,
                300,
                Duration.ofDays(2),
                1,
                usual.only(List.of(names)::contains).ways().stream()
                        .filter(way -> way.strength() == 1 || way.name().equals("repeat"))
                        .toList());
    }

    @Test
    void whoIsCaughtHarvestsUntilTheAlertAndWhoIsNotGoesOn() {
        List<EvasionPrice> prices = run(small(Adversary.evading(1, 1), "slowing", "mixing"));

        EvasionPrice unhidden = price(prices, Adversary.UNHIDDEN);
        assertThat(unhidden.caught(Tier.ANY)).isEqualTo(new Rate(2, 2));
        assertThat(unhidden.caught(Tier.ABOVE_LOW)).isEqualTo(new Rate(0, 2));
        assertThat(unhidden.answersMean(Tier.ANY)).isBetween(35.0, 75.0);
        EvasionPrice slow = price(prices, "slowing");
        assertThat(slow.caught(Tier.ANY).part()).isZero();
        assertThat(slow.answersMean(Tier.ANY))
                .as("6 requests in two days make 90 in a month, less those that failed")
                .isBetween(60.0, 90.0);
        assertThat(price(prices, "mixing").answersMean(Tier.ANY))
                .as("the same forty requests, hardly any of them harvest")
                .isLessThan(unhidden.answersMean(Tier.ANY) / 2);
        assertThat(streams.printed()).contains("The price of each evasion", "slowing", "mixing");
    }

    @Test
    void claimsCostWhatTheyAdd() {
        List<EvasionPrice> prices = run(small(Adversary.claiming(1, 1), "stream", "repeat", "system"));

        double plain = price(prices, Adversary.UNHIDDEN).requestsAnAnswer().orElseThrow();
        double plainTokens =
                price(prices, Adversary.UNHIDDEN).inputTokensAnAnswer().orElseThrow();
        assertThat(price(prices, "stream").requestsAnAnswer()).hasValue(plain);
        assertThat(price(prices, "stream").inputTokensAnAnswer()).hasValue(plainTokens);
        assertThat(price(prices, "repeat").requestsAnAnswer().orElseThrow()).isBetween(1.05 * plain, 1.25 * plain);
        assertThat(price(prices, "system").inputTokensAnAnswer().orElseThrow()).isGreaterThan(plainTokens + 5);
    }

    private static EvasionPrice price(List<EvasionPrice> prices, String evasion) {
        return prices.stream()
                .filter(price -> price.hiding().equals(evasion))
                .findFirst()
                .orElseThrow();
    }
}
