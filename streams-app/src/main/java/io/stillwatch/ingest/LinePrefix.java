package io.stillwatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before a record on its line: a container runtime's time and stream (Kubernetes' CRI, which also cuts long lines
 * into parts), {@code data:} of server-sent events, syslog's header, the name of a service.
 */
final class LinePrefix {
    /** {@code 2026-11-02T09:30:00.1Z stdout F {...}}; P marks a part that another follows. */
    private static final Pattern CRI = Pattern.compile("\\S{10,40} (?:stdout|stderr) ([FP])(?::\\S*)? (?s:(.*))");

    /** Longest line put together of parts; characters. */
    private static final int LONGEST_WHOLE = 64 << 20;

    private static final int LONGEST_PREFIX = 1_024;

    private final StringBuilder parts = new StringBuilder();

    /** What a line is. */
    sealed interface Line {
        /** It holds the JSON of a record. */
        record Holds(String json) implements Line {}

        /** It is a part, or says nothing, as a comment between events does. */
        record Nothing(Optional<String> why) implements Line {}

        /** It is no record. */
        record Unknown() implements Line {}
    }

    Line read(byte[] bytes, int from, int length) {
        String line = new String(bytes, from, length, StandardCharsets.UTF_8);
        Matcher cri = CRI.matcher(line);
        if (cri.matches()) {
            return part(cri.group(1).equals("P"), cri.group(2));
        }
        if (line.startsWith("data:") && !line.contains("{")) {
            return new Line.Nothing(Optional.of("an event that says the stream is over is no model call"));
        }
        if (line.matches("(?s)(event|id|retry):.*|:.*")) {
            return new Line.Nothing(Optional.of("the name of an event is no model call"));
        }
        int brace = line.indexOf('{');
        boolean prefixed =
                brace > 0 && brace <= LONGEST_PREFIX && line.stripTrailing().endsWith("}");
        return prefixed ? new Line.Holds(line.substring(brace)) : new Line.Unknown();
    }

    private Line part(boolean goesOn, String text) {
        if (goesOn) {
            if (parts.length() + text.length() <= LONGEST_WHOLE) {
                parts.append(text);
            }
            return new Line.Nothing(Optional.empty());
        }
        String whole = parts + text;
        parts.setLength(0);
        int brace = whole.indexOf('{');
        return brace >= 0 && brace <= LONGEST_PREFIX ? new Line.Holds(whole.substring(brace)) : new Line.Unknown();
    }

    /** A part that nothing followed, at the end of the input. */
    Optional<String> left() {
        return parts.length() == 0 ? Optional.empty() : Optional.of(parts.toString());
    }
}
