package io.stillwatch.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The price of evasion as JSON, for programs. The same prices give the same bytes. */
public final class AdversaryJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AdversaryJson() {}

    /**
     * One object: under {@code claims} and {@code evasions} how each was tried and what came of it, under {@code links}
     * the same of campaigns that share less.
     */
    public static String of(Map<Adversary, List<EvasionPrice>> tried, Map<LinkAdversary, List<LinkPrice>> sharing) {
        ObjectNode root = JSON.createObjectNode();
        tried.forEach((adversary, prices) -> tried(root.putObject(adversary.kind() + "s"), adversary, prices));
        sharing.forEach((adversary, prices) -> shared(root.putObject(LinkAdversary.KIND), adversary, prices));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Plain numbers and texts can always be written.", e);
        }
    }

    private static void shared(ObjectNode node, LinkAdversary adversary, List<LinkPrice> prices) {
        node.put("seed", adversary.seed());
        node.put("accounts", adversary.accounts());
        ObjectNode figures = node.putObject("figures");
        adversary.figures(prices).forEach(figures::put);
        ArrayNode ways = node.putArray("ways");
        for (LinkPrice price : prices) {
            ObjectNode way = ways.addObject();
            way.put("name", price.name()).put("left", price.left()).put("price", price.price());
            for (Tier tier : Tier.values()) {
                LinkPrice.Outcome outcome = price.at(tier);
                way.put("members_named" + tier.suffix(), outcome.members())
                        .put("honest_named" + tier.suffix(), outcome.honest())
                        .put("requests_before_alert" + tier.suffix(), outcome.requestsBefore());
            }
        }
    }

    private static void tried(ObjectNode node, Adversary adversary, List<EvasionPrice> prices) {
        node.put("seed", adversary.seed());
        node.put("days", adversary.length().toDays());
        node.put("requests_possible", adversary.requests());
        node.put("accounts_of_each_behaviour", adversary.accountsEach());
        ArrayNode behaviours = node.putArray("behaviours");
        adversary.behaviours().forEach(behaviours::add);
        ObjectNode figures = node.putObject("figures");
        adversary.figures(prices).forEach(figures::put);
        ArrayNode ways = node.putArray("ways");
        for (EvasionPrice price : prices) {
            ObjectNode way = ways.addObject();
            way.put("name", price.hiding())
                    .put("strength", price.strength())
                    .put("accounts", price.accounts().size())
                    .put("price", price.price());
            price.requestsAnAnswer().ifPresent(requests -> way.put("requests_an_answer", requests));
            price.inputTokensAnAnswer().ifPresent(tokens -> way.put("input_tokens_an_answer", tokens));
            for (Tier tier : Tier.values()) {
                String suffix = tier.suffix();
                way.put("caught" + suffix, price.caught(tier).part());
                price.requestsUntil(tier).ifPresent(requests -> way.put("requests_until" + suffix, requests));
                way.put("answers_mean" + suffix, price.answersMean(tier))
                        .put("answers_median" + suffix, price.answersMedian(tier))
                        .put("output_tokens_mean" + suffix, price.outputTokensMean(tier));
            }
        }
    }
}
