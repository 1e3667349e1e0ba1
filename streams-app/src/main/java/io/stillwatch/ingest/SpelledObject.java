package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object that knows at a glance that it has no field of a name, however that is spelled: a record is asked for a hundred
 * names, of which it has five. It notes of each name one of 64 bits, by its first and its last letter, and forgets none, so it
 * may say "perhaps" too often, but never "no" of a name that it has.
 */
@SuppressWarnings("unchecked") // As its parent copies itself.
final class SpelledObject extends ObjectNode {
    private static final long serialVersionUID = 1;

    private final transient Names names;

    SpelledObject() {
        this(new Names());
    }

    private SpelledObject(Names names) {
        super(JsonNodeFactory.instance, names);
        this.names = names;
    }

    /** Whether there may be a field of this name in any spelling, see {@link Tree#isSameName}. */
    boolean mayHave(String name) {
        return (names.noted & bit(name)) != 0;
    }

    /** The same for all names that are the same. */
    static long bit(String name) {
        int first = 0;
        int last = name.length() - 1;
        while (first <= last && Tree.isSeparator(name.charAt(first))) {
            first++;
        }
        while (last > first && Tree.isSeparator(name.charAt(last))) {
            last--;
        }
        return first > last ? 1 : 1L << ((31 * Tree.folded(name.charAt(first)) + Tree.folded(name.charAt(last))) & 63);
    }

    private static final class Names extends LinkedHashMap<String, JsonNode> {
        private static final long serialVersionUID = 1;

        private long noted;

        @Override
        public JsonNode put(String name, JsonNode value) {
            noted |= bit(name);
            return super.put(name, value);
        }

        @Override
        public JsonNode putIfAbsent(String name, JsonNode value) {
            noted |= bit(name);
            return super.putIfAbsent(name, value);
        }

        @Override
        public void putAll(Map<? extends String, ? extends JsonNode> more) {
            more.forEach(this::put);
        }
    }
}
