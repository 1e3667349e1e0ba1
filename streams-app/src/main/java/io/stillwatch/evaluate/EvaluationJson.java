package io.stillwatch.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.profile.feature.CampaignTraits;
import java.util.List;

/** An evaluation as JSON: every figure, curve and account, for programs. The same evaluation gives the same bytes. */
public final class EvaluationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationJson() {}

    /** One object with all scorecards under {@code evaluations}. */
    public static String of(List<Scorecard> cards) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode evaluations = root.putArray("evaluations");
        cards.forEach(card -> evaluations.add(card(card)));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Plain numbers and texts can always be written.", e);
        }
    }

    private static ObjectNode card(Scorecard card) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", card.name());
        node.put("hostile_accounts", card.hostileAccounts());
        node.put("honest_accounts", card.honestAccounts());
        ObjectNode figures = node.putObject("figures");
        card.figures().forEach(figures::put);
        kinds(node.putArray("behaviours"), card.kinds(true));
        kinds(node.putArray("honest_kinds"), card.kinds(false));
        ArrayNode bins = node.putArray("detection_by_fraction");
        for (FractionBins.Bin bin : card.caughtByFraction().bins()) {
            bins.addObject()
                    .put("fraction", bin.centre())
                    .put("accounts", bin.accounts())
                    .put("caught", bin.detected());
        }
        if (card.hostileAccounts() > 0 && card.honestAccounts() > 0) {
            ArrayNode roc = node.putArray("roc");
            for (Roc.Point point : card.roc().points()) {
                roc.addArray().add(point.falsePositives()).add(point.detected());
            }
        }
        if (!card.campaigns().isEmpty()) {
            campaigns(node.putObject("campaigns"), card.campaigns());
        }
        if (!card.groups().isEmpty()) {
            groups(node.putArray("groups"), card.groups());
        }
        accounts(node.putArray("wrongly_flagged"), card.wronglyFlagged());
        accounts(node.putArray("missed"), card.missed());
        return node;
    }

    private static void kinds(ArrayNode nodes, List<KindScore> kinds) {
        for (KindScore kind : kinds) {
            ObjectNode node = nodes.addObject();
            node.put("kind", kind.kind());
            node.put("accounts", kind.accounts());
            node.put("caught", kind.caught());
            node.put("caught_above_low", kind.aboveLow());
            node.put("caught_alone", kind.alone());
            node.put("caught_in_campaign", kind.inCampaign());
            kind.requestsMedian().ifPresent(requests -> node.put("requests_median", requests));
            kind.requestsP90().ifPresent(requests -> node.put("requests_p90", requests));
            kind.tokensMedian().ifPresent(tokens -> node.put("output_tokens_median", tokens));
        }
    }

    private static void campaigns(ObjectNode node, CampaignScores scores) {
        node.put("accounts", scores.accounts());
        node.put("named", scores.named());
        node.put("named_rightly", scores.namedRightly());
        node.put("pairs_together", scores.pairs().together());
        node.put("pairs_found", scores.pairs().found());
        node.put("pairs_found_rightly", scores.pairs().both());
        ArrayNode campaigns = node.putArray("campaigns");
        for (CampaignScore score : scores.campaigns()) {
            ObjectNode campaign = campaigns.addObject();
            campaign.put("name", score.name());
            campaign.put("accounts", score.accounts());
            campaign.put("named", score.named());
            campaign.put("member_recall", score.recall());
            score.precision().ifPresent(precision -> campaign.put("member_precision", precision));
            campaign.put("requests", score.requests());
            campaign.put("requests_before_alert", score.requestsBefore());
            campaign.put("requests_before_alert_above_low", score.requestsBeforeAboveLow());
            ArrayNode found = campaign.putArray("found_as");
            score.foundAs().forEach(found::add);
        }
        ArrayNode wrong = node.putArray("wrong");
        for (FalseCampaign score : scores.wrong()) {
            ObjectNode campaign = wrong.addObject();
            campaign.put("campaign_id", score.id());
            campaign.put("members", score.members());
            campaign.put("honest", score.honest());
            ObjectNode kinds = campaign.putObject("kinds");
            score.kinds().forEach(kinds::put);
            campaign.put("explanation", score.explanation());
        }
    }

    private static void groups(ArrayNode nodes, List<GroupScore> groups) {
        for (GroupScore group : groups) {
            GroupLook look = group.look();
            CampaignTraits traits = look.traits();
            ObjectNode node = nodes.addObject();
            node.put("mostly", group.kind());
            node.put("honest", group.honest());
            node.put("accounts", look.accounts().size());
            node.put("of_the_kind", group.ofKind());
            node.put("requests", look.requests());
            known(node, "load_spread", traits.loadSpread());
            known(node, "new_accounts_share", traits.newAccounts());
            known(node, "shared_prompts_share", traits.sharedPrompts());
            known(node, "prompt_stock", traits.promptStock());
            known(node, "exchangeability", traits.exchangeability());
            known(node, "shared_kinds", traits.sharedKinds());
            known(node, "shared_infrastructure_share", traits.sharedInfrastructure());
            known(node, "alike_work_share", traits.alikeWork());
            known(node, "tied_by_keys", traits.tiedByKeys());
            known(node, "lockstep", traits.lockstep());
            known(node, "turn_taking", traits.turnTaking());
            known(node, "handovers_share", traits.handovers());
            node.put("nearest_signature", look.nearest().signature());
            node.put("margin", look.nearest().margin());
            node.put("signature", look.found());
            node.put("severity", look.severity());
        }
    }

    /** What cannot be told is left out, as JSON has no word for it. */
    private static void known(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        }
    }

    private static void accounts(ArrayNode nodes, List<AccountResult> accounts) {
        for (AccountResult account : accounts) {
            ObjectNode node = nodes.addObject();
            node.put("account_id", account.truth().accountId());
            node.put("kind", account.truth().kind());
            node.put("requests", account.truth().requests());
            node.put("fraction", account.truth().fraction());
            node.put("nearest_signature", account.nearest().signature());
            node.put("margin", account.nearness());
            account.caught()
                    .ifPresent(caught -> node.put("alert_signature", caught.signature())
                            .put("alert_requests", caught.requests())
                            .put("explanation", caught.explanation()));
        }
    }
}
