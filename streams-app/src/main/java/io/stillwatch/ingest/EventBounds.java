package io.stillwatch.ingest;

import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what may be arbitrarily large in an event, keeping what detection lives off: an identifier or link token that
 * is too long is shortened so that equal ones stay equal and different ones different. Whatever is dropped is counted
 * in an attribute {@code stillwatch.dropped_*}; the prompt and the system text are bounded by {@link IngestLimits}
 * alone.
 */
final class EventBounds {
    /** Longest identifier, model or operation name, link token; characters. */
    static final int LONGEST_ID = 512;

    /** Most links, count. */
    static final int MOST_LINKS = 32;

    /** Most attributes, count; what is counted as dropped comes on top. */
    static final int MOST_ATTRIBUTES = 64;

    /** Longest name of a link or attribute; characters. */
    static final int LONGEST_NAME = 128;

    /** Longest value of an attribute; characters. */
    static final int LONGEST_ATTRIBUTE = 2_048;

    /** Most stop sequences, count. */
    static final int MOST_STOPS = 64;

    /** Most reasoning blocks sent back, count. */
    static final int MOST_REASONING = 64;

    static final String DROPPED_LINKS = "stillwatch.dropped_links";
    static final String DROPPED_ATTRIBUTES = "stillwatch.dropped_attributes";
    static final String DROPPED_FIELDS = "stillwatch.dropped_fields";
    static final String DROPPED_STOPS = "stillwatch.dropped_stops";
    static final String DROPPED_REASONING = "stillwatch.dropped_reasoning_hashes";

    private static final Set<String> COUNTERS =
            Set.of(DROPPED_LINKS, DROPPED_ATTRIBUTES, DROPPED_FIELDS, DROPPED_STOPS, DROPPED_REASONING);

    private EventBounds() {}

    static void apply(RequestEvent event) {
        event.setEventId(event.getEventId() == null ? "" : shortened(event.getEventId()));
        event.setOrganizationId(identifier(event.getOrganizationId()));
        event.setApiKeyId(identifier(event.getApiKeyId()));
        event.setEndUserId(identifier(event.getEndUserId()));
        event.setOperation(identifier(event.getOperation()));
        event.setModel(identifier(event.getModel()));
        event.setConversationId(identifier(event.getConversationId()));
        event.setToolsHash(identifier(event.getToolsHash()));
        event.setFinishReason(identifier(event.getFinishReason()));
        event.setPrefixHash(identifier(event.getPrefixHash()));
        event.setRefusalCategory(identifier(event.getRefusalCategory()));
        event.setErrorCode(identifier(event.getErrorCode()));
        List<String> reasoning = event.getReasoningHashes() == null ? List.of() : event.getReasoningHashes();

        List<String> stops = event.getStop() == null ? List.of() : event.getStop();
        Map<String, String> links = event.getLinks() == null ? Map.of() : event.getLinks();
        Map<String, String> attributes = event.getAttributes() == null ? Map.of() : event.getAttributes();
        boolean nothingToBound = stops.isEmpty()
                && reasoning.isEmpty()
                && links.size() <= MOST_LINKS
                && attributes.isEmpty()
                && allShort(links);
        if (nothingToBound) {
            event.setStop(stops);
            event.setReasoningHashes(reasoning);
            event.setLinks(links);
            event.setAttributes(attributes);
            return;
        }
        Map<String, String> kept = boundedAttributes(attributes);
        event.setStop(bounded(stops, MOST_STOPS, DROPPED_STOPS, kept));
        event.setReasoningHashes(bounded(reasoning, MOST_REASONING, DROPPED_REASONING, kept));
        event.setLinks(boundedLinks(links, kept));
        event.setAttributes(kept);
    }

    /** The text, or its beginning and the hash of all of it where it is too long. */
    static String shortened(String text) {
        if (text.length() <= LONGEST_ID) {
            return text;
        }
        String hash = "~" + Hash.of(text);
        return beginning(text, LONGEST_ID - hash.length()) + hash;
    }

    private static @Nullable String identifier(@Nullable String text) {
        return text == null || text.isBlank() ? null : shortened(text);
    }

    private static boolean allShort(Map<String, String> links) {
        for (Map.Entry<String, String> link : links.entrySet()) {
            if (link.getKey().length() > LONGEST_NAME || link.getValue().length() > LONGEST_ID) {
                return false;
            }
        }
        return true;
    }

    private static List<String> bounded(List<String> texts, int most, String counter, Map<String, String> attributes) {
        List<String> kept = new ArrayList<>(Math.min(texts.size(), most));
        for (String text : texts.subList(0, Math.min(texts.size(), most))) {
            kept.add(shortened(text));
        }
        count(attributes, counter, texts.size() - kept.size());
        return kept;
    }

    private static Map<String, String> boundedLinks(Map<String, String> links, Map<String, String> attributes) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (Map.Entry<String, String> link : links.entrySet()) {
            if (kept.size() < MOST_LINKS && link.getKey().length() <= LONGEST_NAME) {
                kept.put(link.getKey(), shortened(link.getValue()));
            }
        }
        count(attributes, DROPPED_LINKS, links.size() - kept.size());
        return kept;
    }

    private static Map<String, String> boundedAttributes(Map<String, String> attributes) {
        Map<String, String> kept = new LinkedHashMap<>();
        int counts = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (isCount(attribute.getKey())) {
                kept.put(attribute.getKey(), beginning(attribute.getValue(), LONGEST_NAME));
                counts++;
            } else if (kept.size() - counts < MOST_ATTRIBUTES
                    && attribute.getKey().length() <= LONGEST_NAME) {
                kept.put(attribute.getKey(), cut(attribute.getValue()));
            }
        }
        count(kept, DROPPED_ATTRIBUTES, attributes.size() - kept.size());
        return kept;
    }

    private static boolean isCount(String name) {
        return COUNTERS.contains(name);
    }

    private static String cut(String value) {
        if (value.length() <= LONGEST_ATTRIBUTE) {
            return value;
        }
        // Leaves the same text when read again, so that an event bounded twice stays what it was.
        String mark = "...[" + value.length() + " characters]";
        return beginning(value, LONGEST_ATTRIBUTE - mark.length()) + mark;
    }

    private static String beginning(String text, int length) {
        int end = Math.min(length, text.length());
        boolean splitsPair = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end);
    }

    private static void count(Map<String, String> attributes, String name, int dropped) {
        if (dropped > 0) {
            attributes.put(name, Integer.toString(dropped));
        }
    }
}
