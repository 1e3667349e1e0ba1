package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where in a record something stands, in the part of JSONPath (RFC 9535) that names one place: {@code $.user.id}, {@code
 * $['user.id']}, {@code $.messages[0].content}, {@code $.messages[-1]}. JSON within a text is looked into as if it stood there.
 */
final class FieldPath {
    private static final Pattern STEP = Pattern.compile(
            "\\.(?<name>[\\p{L}\\p{N}_@-]+)|\\['(?<quoted>[^']+)']|\\[\"(?<double>[^\"]+)\"]|\\[(?<index>-?\\d{1,9})]");

    private final String written;
    private final List<Object> steps = new ArrayList<>();

    private FieldPath(String written) {
        this.written = written;
    }

    /** The path; empty where the text is none. */
    static Optional<FieldPath> of(String text) {
        if (!text.startsWith("$")) {
            return Optional.empty();
        }
        FieldPath path = new FieldPath(text);
        Matcher step = STEP.matcher(text);
        int at = 1;
        while (at < text.length()) {
            if (!step.find(at) || step.start() != at) {
                return Optional.empty();
            }
            if (step.group("index") != null) {
                path.steps.add(Integer.valueOf(step.group("index")));
            } else {
                path.steps.add(Stream.of("name", "quoted", "double")
                        .map(step::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow());
            }
            at = step.end();
        }
        return Optional.of(path);
    }

    /** What stands there; a missing node where there is nothing. */
    JsonNode in(JsonNode record) {
        JsonNode at = record;
        for (Object step : steps) {
            at = Json.unpacked(at);
            at = step instanceof Integer index
                    ? at.path(index < 0 ? at.size() + index : index)
                    : at.path((String) step);
        }
        return at;
    }

    @Override
    public String toString() {
        return written;
    }
}
