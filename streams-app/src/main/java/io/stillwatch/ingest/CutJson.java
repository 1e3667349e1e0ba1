package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * JSON that somebody cut at a length limit, as OpenTelemetry SDKs do with long attribute values: made whole by closing
 * what is open. The cut nearly always falls into the longest text, which is then kept up to it.
 */
final class CutJson {
    private final StringBuilder whole;
    private final StringBuilder open = new StringBuilder();
    private boolean inString;
    /** Where an escape begins that may be incomplete; -1 if none. */
    private int escape = -1;

    private CutJson(String text) {
        this.whole = new StringBuilder(text);
    }

    /** What can be read of it; empty if the cut fell where closing does not help. */
    static Optional<JsonNode> read(String text) {
        CutJson json = new CutJson(text);
        for (int at = 0; at < text.length(); at++) {
            json.pass(at, text.charAt(at));
        }
        return Json.embedded(json.closed());
    }

    private void pass(int at, char character) {
        if (!inString) {
            switch (character) {
                case '"' -> inString = true;
                case '{' -> open.append('}');
                case '[' -> open.append(']');
                case '}', ']' -> open.setLength(Math.max(0, open.length() - 1));
                default -> {
                    // Commas, colons and literals open nothing.
                }
            }
            return;
        }
        boolean escaped = escape >= 0 && at < escapeEnd();
        if (!escaped) {
            escape = character == '\\' ? at : -1;
            inString = character != '"';
        }
    }

    private int escapeEnd() {
        boolean isUnicode = escape + 1 < whole.length() && whole.charAt(escape + 1) == 'u';
        return escape + (isUnicode ? 6 : 2);
    }

    private String closed() {
        if (inString) {
            if (escape >= 0 && escapeEnd() > whole.length()) {
                whole.setLength(escape);
            }
            whole.append('"');
        }
        return whole.append(open.reverse()).toString();
    }
}
