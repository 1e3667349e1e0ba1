package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which fields of a native record that has no such field are kept as attributes. A gateway that writes native records may
 * write more into them than it should; so only numbers, flags and single words are kept, and nothing under a name of
 * what must never be: answers, secrets, and who somebody is.
 */
final class UnknownFields {
    private static final int LONGEST = 128;

    /** One word: no blanks, no e-mail address, and no secret of the usual forms. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.:/+#~=-]{1," + LONGEST + "}");

    private static final Pattern SECRET = Pattern.compile(
            "(?i)(sk|pk|rk|api|key|token|bearer|gh[a-z]|xox[a-z]|lsv2|eyJ)[-_].*|eyJ[A-Za-z0-9_-]+\\..*|[A-Za-z0-9+/_=-]{40,}");

    private static final List<String> NEVER = List.of(
            "answer",
            "assistant",
            "auth",
            "choice",
            "completion",
            "content",
            "cookie",
            "credential",
            "email",
            "key",
            "mail",
            "name",
            "output",
            "password",
            "phone",
            "reply",
            "response",
            "result",
            "secret",
            "session",
            "text",
            "thought",
            "token");

    private UnknownFields() {}

    /** Whether all that a nested value holds may be kept under its names. */
    static boolean isKept(String name, JsonNode value) {
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (!isKept(name, element)) {
                    return false;
                }
            }
            return true;
        }
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                if (!WORD.matcher(field.getKey()).matches() || !isKept(field.getKey(), field.getValue())) {
                    return false;
                }
            }
            return true;
        }
        return value.isNull() || isKept(name, value.asText());
    }

    /** Whether a value that is one word or a number may be kept under the name. */
    static boolean isKept(String name, String value) {
        String folded = name.toLowerCase(Locale.ROOT);
        boolean harmless = NEVER.stream().noneMatch(folded::contains);
        return harmless
                && WORD.matcher(value).matches()
                && !SECRET.matcher(value).matches();
    }
}
