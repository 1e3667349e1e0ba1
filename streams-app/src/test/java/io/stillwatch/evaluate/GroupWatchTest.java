package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.profile.feature.CampaignTraits;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupWatchTest {
    private static final List<TruthRow> TRUTH = List.of(
            row("h1", Label.HOSTILE, "harvest", "north"),
            row("h2", Label.HOSTILE, "harvest", "north"),
            row("c1", Label.HONEST, "class", ""),
            row("c2", Label.HONEST, "class", ""),
            row("p1", Label.HONEST, "chat-user", ""));

    private static TruthRow row(String account, Label label, String kind, String campaign) {
        return new TruthRow(account, label, kind, "set", campaign, 1, 0, 10, 10);
    }

    private static GroupLook look(double margin, String... accounts) {
        CampaignTraits traits =
                new CampaignTraits(accounts.length, 0, 0.4, 0.1, Double.NaN, 900, 2, 0.5, 1, 0, Double.NaN, 0.5, 0);
        return new GroupLook(
                List.of(accounts), 10L * accounts.length, traits, "", "", new Nearest("work-alike", margin));
    }

    private static Watch watch() {
        Watch watch = new Watch();
        watch.group("c-1", look(-0.9, "c1", "c2", "p1"));
        watch.group("c-2", look(-0.5, "c1", "c2"));
        watch.group("c-3", look(-0.2, "h1", "h2", "p1"));
        watch.group("c-4", look(-0.1, "nobody", "that-the-truth-names"));
        return watch;
    }

    @Test
    void aGroupIsOfTheKindOrTheCampaignThatMostOfItsMembersAre() {
        List<GroupScore> groups = watch().groups(TRUTH);

        assertThat(groups).extracting(GroupScore::kind).containsExactly("north", "class", "class");
        assertThat(groups).extracting(GroupScore::honest).containsExactly(false, true, true);
        assertThat(groups).extracting(GroupScore::ofKind).containsExactly(2, 2, 2);
    }

    @Test
    void ofAKindTheNearestToAnAlertComesFirst() {
        assertThat(watch().groups(TRUTH))
                .extracting(group -> group.look().nearest().margin())
                .containsExactly(-0.2, -0.5, -0.9);
    }

    @Test
    void theNewestLookAtAGroupIsKept() {
        Watch watch = watch();
        watch.group("c-1", look(-0.3, "c1", "c2", "p1"));

        assertThat(watch.groups(TRUTH))
                .extracting(group -> group.look().nearest().margin())
                .containsExactly(-0.2, -0.3, -0.5);
    }

    @Test
    void theyAreWrittenWithoutWhatCannotBeTold() throws Exception {
        Scorecard card = new Scorecard("run", List.of(), 1, CampaignScores.NONE, watch().groups(TRUTH));

        JsonNode group =
                new ObjectMapper().readTree(EvaluationJson.of(List.of(card))).at("/evaluations/0/groups/1");

        assertThat(group.get("mostly").asText()).isEqualTo("class");
        assertThat(group.get("prompt_stock").asDouble()).isEqualTo(900);
        assertThat(group.get("turn_taking").asDouble()).isEqualTo(0.5);
        assertThat(group.has("lockstep")).isFalse();
    }
}
