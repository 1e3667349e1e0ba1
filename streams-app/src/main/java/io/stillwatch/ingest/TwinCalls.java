package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether two libraries tell of one call where nothing in their spans' parentage says so: one of the two is a client that
 * traces itself, the other wraps it, and the context was lost between them.
 */
final class TwinCalls {
    /** How far a span may begin before, or end after, the one that contains it; clocks of one process are read apart. */
    private static final long SLACK_MS = 5;

    private TwinCalls() {}

    /** Whether the two may be one call, as far as it shows without reading what they tell; where not, they are none. */
    static boolean mayBe(SpanPiece one, SpanPiece other) {
        if (one.scope().equals(other.scope()) || !sameService(one, other)) {
            return false;
        }
        String id = responseId(one);
        String otherId = responseId(other);
        return id != null && otherId != null ? id.equals(otherId) : contains(one, other) || contains(other, one);
    }

    static boolean are(SpanPiece one, RequestEvent ofOne, SpanPiece other, RequestEvent ofOther) {
        if (one.scope().equals(other.scope()) || !sameService(one, other)) {
            return false;
        }
        String id = responseId(one);
        String otherId = responseId(other);
        if (id != null && otherId != null) {
            return id.equals(otherId);
        }
        boolean sameUse = ofOne.getOutputTokens() != null
                && ofOne.getOutputTokens() > 0
                && ofOne.getOutputTokens().equals(ofOther.getOutputTokens());
        boolean bothFailed = one.statusCode() == 2
                && other.statusCode() == 2
                && ofOne.getOutputTokens() == null
                && ofOther.getOutputTokens() == null;
        boolean bothTold = ofOne.getPrompt() != null && ofOther.getPrompt() != null;
        return (sameUse || bothFailed)
                && sameModel(one, ofOne, other, ofOther)
                && (contains(one, other) || contains(other, one))
                && (!bothTold || ofOne.getPrompt().equals(ofOther.getPrompt()));
    }

    /** The tokens of the answer, by which twins are looked up; empty where the span does not tell them. */
    static Optional<String> lookUpKey(SpanPiece span) {
        for (String name : new String[] {
            "gen_ai.usage.output_tokens",
            "gen_ai.usage.completion_tokens",
            "llm.token_count.completion",
            "llm.usage.completion_tokens",
            "ai.usage.outputTokens"
        }) {
            JsonNode tokens = span.attributes().get(name);
            if (tokens != null) {
                return Optional.of(service(span) + "|" + tokens.asText());
            }
        }
        return Optional.empty();
    }

    private static boolean sameService(SpanPiece one, SpanPiece other) {
        return service(one).equals(service(other));
    }

    private static String service(SpanPiece span) {
        return span.resource().getOrDefault("service.name", Tree.missing()).asText()
                + "|"
                + span.resource()
                        .getOrDefault("service.instance.id", Tree.missing())
                        .asText();
    }

    private static @Nullable String responseId(SpanPiece span) {
        for (String name : new String[] {"gen_ai.response.id", "ai.response.id", "llm.response.id"}) {
            JsonNode id = span.attributes().get(name);
            if (id != null && !id.asText().isBlank()) {
                return id.asText();
            }
        }
        return null;
    }

    private static boolean sameModel(SpanPiece one, RequestEvent ofOne, SpanPiece other, RequestEvent ofOther) {
        String served = one.attributes()
                .getOrDefault("gen_ai.response.model", Tree.missing())
                .asText();
        String otherServed = other.attributes()
                .getOrDefault("gen_ai.response.model", Tree.missing())
                .asText();
        return Objects.equals(ofOne.getModel(), ofOther.getModel())
                || served.equals(ofOther.getModel())
                || otherServed.equals(ofOne.getModel());
    }

    private static boolean contains(SpanPiece outer, SpanPiece inner) {
        return outer.start().isPresent()
                && inner.start().isPresent()
                && outer.end().isPresent()
                && inner.end().isPresent()
                && outer.start().get() <= inner.start().get() + SLACK_MS
                && outer.end().get() + SLACK_MS >= inner.end().get();
    }
}
