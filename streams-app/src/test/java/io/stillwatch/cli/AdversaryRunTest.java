package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Reference;
import io.stillwatch.evaluate.Adversary;
import io.stillwatch.evaluate.EvasionPrice;
import io.stillwatch.evaluate.Haul;
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

    private List<EvasionPrice> run(SignatureSet signatures) {
        Adversary adversary = new Adversary(List.of("code-harvest"), 2, 300, Duration.ofDays(2), 1, List.of(1.0));
        List<EvasionPrice> prices = new AdversaryRun(adversary, signatures, Reference.bundled(), true).run(output);
        AdversaryTable.print(adversary, prices, output);
        return prices;
    }

    @Test
    void whoIsCaughtHarvestsUntilTheAlertAndWhoIsNotGoesOn() {
        List<EvasionPrice> prices = run(SignatureSet.of(List.of(FORTY_REQUESTS)));

        EvasionPrice unhidden = price(prices, Adversary.UNHIDDEN);
        assertThat(unhidden.hauls()).hasSize(2).allMatch(Haul::caught);
        assertThat(unhidden.requestsMean()).isBetween(35.0, 75.0);
        EvasionPrice slow = price(prices, "slowing");
        assertThat(slow.caught()).isZero();
        assertThat(slow.requestsMean())
                .as("6 requests in two days make 90 in a month, less those that failed")
                .isBetween(60.0, 90.0);
        assertThat(price(prices, "mixing").requestsMean())
                .as("the same forty requests, hardly any of them harvest")
                .isLessThan(unhidden.requestsMean() / 2);
        assertThat(streams.printed()).contains("The price of evasion", "slowing", "client-mimicry");
    }

    private static EvasionPrice price(List<EvasionPrice> prices, String evasion) {
        return prices.stream()
                .filter(price -> price.evasion().equals(evasion))
                .findFirst()
                .orElseThrow();
    }
}
