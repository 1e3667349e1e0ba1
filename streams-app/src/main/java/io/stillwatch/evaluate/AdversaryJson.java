package io.stillwatch.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The price of evasion as JSON, for programs. The same prices give the same bytes. */
public final class AdversaryJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AdversaryJson() {}

    /** One object: how it was tried, and under {@code evasions} what came of it. */
    public static String of(Adversary adversary, List<EvasionPrice> prices) {
        ObjectNode root = JSON.createObjectNode();
        root.put("seed", adversary.seed());
        root.put("days", adversary.length().toDays());
        root.put("requests_possible", adversary.requests());
        root.put("accounts_of_each_behaviour", adversary.accountsEach());
        ArrayNode behaviours = root.putArray("behaviours");
        adversary.behaviours().forEach(behaviours::add);
        ArrayNode evasions = root.putArray("evasions");
        for (EvasionPrice price : prices) {
            evasions.addObject()
                    .put("evasion", price.evasion())
                    .put("strength", price.strength())
                    .put("accounts", price.hauls().size())
                    .put("caught", price.caught())
                    .put("requests_mean", price.requestsMean())
                    .put("requests_median", price.requestsMedian())
                    .put("output_tokens_mean", price.outputTokensMean());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Plain numbers and texts can always be written.", e);
        }
    }
}
