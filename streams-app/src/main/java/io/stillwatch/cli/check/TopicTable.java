package io.stillwatch.cli.check;

import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.topology.topics.TopicState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Topics as a person reads them. */
final class TopicTable {
    private static final long KIB = 1024;
    private static final String UNITS = "KMGTPE";

    private TopicTable() {}

    static TextTable of(List<TopicState> states) {
        TextTable table = new TextTable("topic", "key", "value", "partitions", "copies", "kept", "state");
        table.optional("key", "value", "copies");
        for (TopicState state : states) {
            table.row(
                    state.spec().name(),
                    state.spec().key(),
                    state.spec().value(),
                    state.actual()
                            .map(actual -> Integer.toString(actual.partitions()))
                            .orElse("-"),
                    state.actual()
                            .map(actual -> Integer.toString(actual.replicas()))
                            .orElse("-"),
                    state.actual().map(actual -> kept(actual.configs())).orElse("-"),
                    state(state));
        }
        return table;
    }

    private static String state(TopicState state) {
        if (state.actual().isEmpty()) {
            return "missing";
        }
        return state.differences().isEmpty() ? "ok" : "differs";
    }

    private static String kept(Map<String, String> configs) {
        String policy = configs.getOrDefault("cleanup.policy", "delete");
        if (!policy.contains("delete")) {
            return "latest per key";
        }
        long bytes = Long.parseLong(configs.getOrDefault("retention.bytes", "-1"));
        long millis = Long.parseLong(configs.getOrDefault("retention.ms", "-1"));
        String limits = (bytes < 0 ? "" : size(bytes) + " a partition")
                + (bytes < 0 || millis < 0 ? "" : ", ")
                + (millis < 0 ? "" : days(millis) + " of event time");
        String kept = limits.isEmpty() ? "all" : limits;
        return policy.contains("compact") ? "latest per key, " + kept : kept;
    }

    private static String days(long millis) {
        Duration duration = Duration.ofMillis(millis);
        return duration.toDays() > 0 ? duration.toDays() + " d" : duration.toMinutes() + " min";
    }

    /** Bytes to the nearest binary unit, as in {@code 2 GiB}. */
    static String size(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        int unit = -1;
        double value = bytes;
        while (value >= KIB) {
            value /= KIB;
            unit++;
        }
        String number = value < 10 ? String.format(Locale.ROOT, "%.1f", value) : Long.toString(Math.round(value));
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " " + UNITS.charAt(unit)
                + "iB";
    }
}
