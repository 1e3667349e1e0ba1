package io.stillwatch.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.Decision;
import io.stillwatch.text.JsonLine;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A decision as JSON; what does not apply is null. */
public final class DecisionJson {
    private DecisionJson() {}

    /**
     * One object, its keys always the same.
     *
     * @param decision empty where nothing is done about the account
     */
    public static ObjectNode of(String account, Optional<Decision> decision) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("account_id", JsonLine.text(account));
        json.put(
                "action",
                decision.map(made -> made.getAction().name().toLowerCase(Locale.ROOT))
                        .orElse("allow"));
        json.put("rate", decision.map(Decision::getRate).orElse(null));
        json.put("decided_at", decision.map(made -> time(made.getDecidedAt())).orElse(null));
        json.put(
                "effective_from",
                decision.map(made -> time(made.getEffectiveFrom())).orElse(null));
        json.put("valid_until", decision.map(made -> time(made.getValidUntil())).orElse(null));
        put(json, "alert_id", decision.map(Decision::getAlertId).orElse(null));
        put(json, "campaign_id", decision.map(Decision::getCampaignId).orElse(null));
        put(json, "severity", decision.map(Decision::getSeverity).orElse(null));
        put(json, "policy", decision.map(Decision::getPolicy).orElse(null));
        put(json, "reason", decision.map(Decision::getReason).orElse(null));
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String text) {
        if (text == null) {
            json.putNull(name);
        } else {
            json.set(name, JsonLine.text(text));
        }
    }

    private static @Nullable String time(@Nullable Long timeMs) {
        return timeMs == null ? null : Instant.ofEpochMilli(timeMs).toString();
    }
}
