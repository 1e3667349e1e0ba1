package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** When a span began and ended; milliseconds since 1970. What is wrong with its beginning is a problem of calls only. */
record SpanTimes(Optional<Long> start, Optional<Long> end, Optional<Problem> problem) {

    /** What is wrong with a beginning, and how it was written. */
    record Problem(String cause, String written) {}

    static SpanTimes of(JsonNode start, JsonNode end) {
        try {
            Optional<Long> began = time(start, "startTimeUnixNano");
            return new SpanTimes(
                    began,
                    endOf(end),
                    began.isEmpty() ? problem("startTimeUnixNano is missing", start) : Optional.empty());
        } catch (RecordRejected e) {
            return new SpanTimes(Optional.empty(), endOf(end), problem(e.getMessage(), start));
        }
    }

    private static Optional<Problem> problem(String cause, JsonNode start) {
        return Optional.of(new Problem(cause, Tree.isPresent(start) ? EventBounds.shortened(start.asText()) : ""));
    }

    static SpanTimes ofNanoseconds(long start, long end) {
        long begunMs = TimeReader.plainNanoseconds(start);
        long endedMs = TimeReader.plainNanoseconds(end);
        if (begunMs > 0 && endedMs >= 0) {
            return new SpanTimes(
                    Optional.of(begunMs), endedMs == 0 ? Optional.empty() : Optional.of(endedMs), Optional.empty());
        }
        return of(Tree.unsigned(start), Tree.unsigned(end));
    }

    private static Optional<Long> endOf(JsonNode end) {
        try {
            return time(end, "endTimeUnixNano");
        } catch (RecordRejected e) {
            // A span without a sensible end is a call all the same; its duration is unknown.
            return Optional.empty();
        }
    }

    private static Optional<Long> time(JsonNode value, String name) throws RecordRejected {
        long plain = value.isTextual()
                ? TimeReader.plainNanoseconds(value.textValue())
                : value.isLong() ? TimeReader.plainNanoseconds(value.longValue()) : -1;
        if (plain >= 0) {
            return plain == 0 ? Optional.empty() : Optional.of(plain);
        }
        boolean unset = !Tree.isPresent(value)
                || Numbers.parse(value.asText()).map(BigDecimal::signum).equals(Optional.of(0));
        return unset ? Optional.empty() : Optional.ofNullable(Tree.time(value, name, TimeReader.Unit.NANOSECONDS));
    }
}
