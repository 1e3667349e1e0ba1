package io.stillwatch.cli.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.replay.SampleCampaigns;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CampaignPageTest {
    private static List<String> about(KnownCampaign campaign) {
        return printed(output -> CampaignPage.about(campaign, output));
    }

    private static List<String> members(KnownCampaign campaign, int shown) {
        return printed(output -> CampaignPage.members(campaign, shown, output));
    }

    private static List<String> printed(Consumer<TerminalOutput> page) {
        Streams streams = new Streams();
        page.accept(new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL));
        return streams.printedLines();
    }

    @Test
    void anAlertIsShownWithWhatItRestsOnAndHowTheCampaignGrew() {
        KnownCampaign campaign = KnownCampaign.byId(
                        List.of(
                                SampleCampaigns.step("c-12", "al-1", 0, AlertState.OPENED, 14),
                                SampleCampaigns.step("c-12", "al-1", 1, AlertState.UPDATED, 22),
                                SampleCampaigns.step("c-12", "al-1", 2, AlertState.CLOSED, 1_000)),
                        List.of())
                .get("c-12");

        assertThat(about(campaign))
                .containsExactly("""
                c-12  closed  high  score 0.88  opened 2026-05-04T16:12Z
                Campaign c-12: Complementary sharding over accounts
                %s
                Closed 2026-05-10T15:03Z: No signature has held since then.

                campaign-sharding v4  high  score 0.88  7 days
                Complementary sharding over accounts
                  evidence             value           asked for     usual  rank
                  template_similarity  99.1 %%          ≥ 90 %%        -      ≥ 99.9 %%
                  content_overlap      0.4 %%           ≤ 5 %%         -      < 99.6 %%
                  accounts             1,000 accounts  ≥ 8 accounts  -      -
                  Rank is of how many of the baseline's accounts a value is at least as high as (≥), or lower than (<).

                Growth
                  step     time               accounts       requests      tokens  severity  score
                  opened   2026-05-10T13:03Z  14               28,110  31,900,000  high       0.88
                  updated  2026-05-10T14:03Z  22               29,110  31,900,000  high       0.88
                  closed   2026-05-10T15:03Z  1,000 or more    30,110  31,900,000  high       0.88
                """.formatted(campaign.newest().orElseThrow().getExplanation())
                        .split("\n"));
    }

    @Test
    void membersAreATableUnderTheirNumberOfWhichTheFirstAreShown() {
        KnownCampaign campaign = SampleCampaigns.campaign(
                "c-12",
                List.of(
                        SampleCampaigns.member("c-12", "h-1", 0.5, 7),
                        SampleCampaigns.member("c-12", "h-2", 0.97, 1_200),
                        SampleCampaigns.member("c-12", "h-3", 0.2, 9)));

        assertThat(members(campaign, 2)).containsExactly("""

                3 accounts
                  account  since              confidence  requests   tokens  why
                  h-2      2026-05-10T13:03Z        0.97     1,200  120,000  shares its payment with 3, its network with 7 of the members
                  h-1      2026-05-10T13:03Z        0.50         7      700  shares its payment with 3, its network with 7 of the members
                """.split("\n"));
    }

    @Test
    void aCampaignThatHasMergedSaysThatNobodyBelongsToItAnyMore() {
        assertThat(members(SampleCampaigns.campaign("c-12", List.of()), 0))
                .containsExactly("", "No account belongs to it any more.");
    }

    @Test
    void namesThatTryToBreakOutOfTheTableDoNot() {
        CampaignMember hostile = SampleCampaigns.member("c-12", "\u001b[2J\nacct\u202e", 0.5, 7);
        hostile.setReason("\r\u001b]0;title\u0007");
        KnownCampaign campaign = SampleCampaigns.campaign("c-12", List.of(hostile));

        assertThat(members(campaign, 1))
                .noneMatch(line -> line.contains("\u001b[2J") || line.contains("\u001b]") || line.contains("\n"))
                .anyMatch(line -> line.contains("\\u001b[2J\\u000aacct\\u202e"));
    }
}
