package io.stillwatch.ingest;

import io.stillwatch.schema.RequestEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Completes what one record tells of a request by what another tells of the same. */
final class EventMerge {
    private static final int FIELDS = RequestEvent.getClassSchema().getFields().size();

    private EventMerge() {}

    /** Fills fields of the event that are absent from the other; what is there stays. */
    static void fill(RequestEvent event, RequestEvent other) {
        for (int field = 0; field < FIELDS; field++) {
            Object more = other.get(field);
            if (more == null) {
                continue;
            }
            Object known = event.get(field);
            if (known instanceof Map<?, ?> && more instanceof Map<?, ?> added && added.isEmpty()) {
                continue;
            }
            if (known instanceof Map<?, ?> || more instanceof Map<?, ?>) {
                event.put(field, union(known, more));
            } else if (isAbsent(known) && !isAbsent(more)) {
                event.put(field, more);
            }
        }
    }

    private static boolean isAbsent(Object value) {
        return value == null
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof String text && text.isEmpty())
                || (value instanceof Long time && time == 0);
    }

    private static Map<String, String> union(Object known, Object more) {
        Map<String, String> union = new LinkedHashMap<>();
        putAll(union, known);
        putAll(union, more);
        return union;
    }

    private static void putAll(Map<String, String> union, Object entries) {
        if (entries instanceof Map<?, ?> map) {
            map.forEach((name, value) -> union.putIfAbsent(name.toString(), value.toString()));
        }
    }
}
