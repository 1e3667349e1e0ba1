package io.stillwatch.cli.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.replay.SampleCampaigns;
import io.stillwatch.runtime.UserException;
import io.stillwatch.runtime.Verbosity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignOutputTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Streams streams = new Streams();
    private final KnownCampaign campaign = SampleCampaigns.campaign(
            "c-12",
            List.of(
                    SampleCampaigns.member("c-12", "plain", 0.9, 12),
                    SampleCampaigns.member("c-12", "a \"quoted\", split\nname", 0.5, 7)));

    @TempDir
    private Path directory;

    private String written(String name) throws IOException {
        Path file = directory.resolve(name);
        CampaignOutput.to(file.toString())
                .write(campaign, new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL));
        assertThat(streams.complained()).isEqualTo("Wrote " + file + ".\n");
        return Files.readString(file);
    }

    @Test
    void aTableOfAllMembersQuotesWhatACommaWouldSplit() throws IOException {
        assertThat(written("members.csv")).isEqualTo("""
                account_id,joined_at,confidence,requests,output_tokens,shared_kinds,reason
                plain,2026-05-10T13:03:00Z,0.9,12,1200,payment network,"shares its payment with 3, its network with 7 of the members"
                "a ""quoted"", split
                name",2026-05-10T13:03:00Z,0.5,7,700,payment network,"shares its payment with 3, its network with 7 of the members"
                """);
    }

    @Test
    void noIdIsAFormulaInATable() throws IOException {
        Path file = directory.resolve("members.csv");
        CampaignOutput.to(file.toString())
                .write(
                        SampleCampaigns.campaign(
                                "c-12", List.of(SampleCampaigns.member("c-12", "=HYPERLINK(\"http://x\")", 0.9, 12))),
                        new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL));

        assertThat(Files.readAllLines(file).get(1)).startsWith("\"'=HYPERLINK(\"\"http://x\"\")\",");
    }

    @Test
    void linesHoldAMemberEach() throws IOException {
        List<String> lines = written("members.jsonl").lines().toList();

        assertThat(lines).hasSize(2);
        JsonNode second = JSON.readTree(lines.get(1));
        assertThat(second.get("account_id").textValue()).isEqualTo("a \"quoted\", split\nname");
        assertThat(second.get("shared_kinds").size()).isEqualTo(2);
        assertThat(second.get("output_tokens").longValue()).isEqualTo(700);
    }

    @Test
    void oneObjectHoldsTheCampaignItsAlertsAndItsMembers() throws IOException {
        JsonNode whole = JSON.readTree(written("campaign.JSON"));

        assertThat(whole.get("id").textValue()).isEqualTo("c-12");
        assertThat(whole.get("state").textValue()).isEqualTo("open");
        assertThat(whole.get("explanation").textValue()).contains("It has 2 accounts.");
        assertThat(whole.at("/findings/0/evidence/0/name").textValue()).isEqualTo("template_similarity");
        assertThat(whole.at("/findings/0/evidence/2/quantile").isNull()).isTrue();
        assertThat(whole.at("/alerts/0/steps/0/accounts").intValue()).isEqualTo(2);
        assertThat(whole.at("/alerts/0/steps/0/requests").longValue()).isEqualTo(28_110);
        assertThat(whole.at("/members/0/account_id").textValue()).isEqualTo("plain");
        assertThat(whole.get("members").size()).isEqualTo(2);
    }

    @Test
    void aNameThatAsksForNoFormatIsRefused() {
        assertThatThrownBy(() -> CampaignOutput.to("members.xlsx"))
                .isInstanceOf(UserException.class)
                .hasMessage("'members.xlsx' asks for no known format; end the name in .csv, .json or .jsonl.");
    }
}
