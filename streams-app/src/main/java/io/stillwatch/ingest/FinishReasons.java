package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer ended, in the words of request events where the difference matters to a reader of them: {@code length} and
 * {@code content_filter} are told from all others; what else providers say stays as they say it.
 */
final class FinishReasons {
    private FinishReasons() {}

    /** The first reason given; each may be a text, a list, or a list in a text. Null if there is none. */
    static @Nullable String first(JsonNode... given) {
        for (JsonNode node : given) {
            JsonNode unpacked = Json.unpacked(node);
            JsonNode reason = unpacked.isArray() ? unpacked.path(0) : unpacked;
            String text = Tree.text(reason);
            if (text != null && !text.isBlank() && !text.equals("null")) {
                return told(pythonList(text.strip()));
            }
        }
        return null;
    }

    /** Python's way to write a list into a text: {@code ['stop']}. */
    private static String pythonList(String text) {
        boolean list = (text.startsWith("['") && text.endsWith("']")) || (text.startsWith("(\'") && text.endsWith(")"));
        return list ? text.substring(2).split("'", 2)[0] : text;
    }

    private static String told(String reason) {
        return switch (reason.toLowerCase(Locale.ROOT)) {
            case "length",
                    "max_tokens",
                    "max_output_tokens",
                    "max-tokens",
                    "model_length",
                    "model_context_window_exceeded",
                    "finish_reason_max_tokens" -> "length";
            case "content_filter",
                    "content-filter",
                    "refusal",
                    "safety",
                    "prohibited_content",
                    "blocklist",
                    "content_filtered",
                    "guardrail_intervened" -> "content_filter";
            default -> reason;
        };
    }
}
