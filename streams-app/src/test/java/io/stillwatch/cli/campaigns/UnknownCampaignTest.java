package io.stillwatch.cli.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.replay.SampleCampaigns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownCampaignTest {
    private static final String FIRST = "c-5d2f0a9b31c4e687";
    private static final String SECOND = "c-0b77ce41a2f95d30";

    private final Map<String, KnownCampaign> known = Map.of(
            FIRST,
            SampleCampaigns.campaign(FIRST, List.of(SampleCampaigns.member(FIRST, "acct-81", 0.9, 10))),
            SECOND,
            SampleCampaigns.campaign(SECOND, List.of()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            c-5d2f             | There is no campaign c-5d2f; did you mean c-5d2f0a9b31c4e687?
            c-0b77ce41a2f95d03 | There is no campaign c-0b77ce41a2f95d03; did you mean c-0b77ce41a2f95d30?
            5d2f0a9b31c4e687   | There is no campaign 5d2f0a9b31c4e687; did you mean c-5d2f0a9b31c4e687?
            al-9999            | There is no campaign al-9999; 'stillwatch campaigns list --all' names those there are.
            acct-81            | There is no campaign acct-81, but an account of that name, which belongs to campaign c-5d2f0a9b31c4e687.
            """)
    void whatWasProbablyMeantIsNamed(String asked, String sentence) {
        assertThat(UnknownCampaign.sentence(asked, known)).isEqualTo(sentence);
    }

    @Test
    void whereThereIsNoneAtAllThatIsSaid() {
        assertThat(UnknownCampaign.sentence("c-1", Map.of()))
                .isEqualTo("There is no campaign c-1; none has been found yet.");
    }

    @Test
    void whatWasTypedIsQuotedHarmlesslyAndInShort() {
        assertThat(UnknownCampaign.sentence("\u001b[2J" + "x".repeat(100_000), known))
                .contains("\\u001b[2J")
                .hasSizeLessThan(400);
    }
}
