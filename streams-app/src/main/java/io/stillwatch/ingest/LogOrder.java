package io.stillwatch.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of the log records of one call, whatever batches they came in. Clocks of runtimes are coarse, so all messages of
 * a conversation often have one time; then the order within a batch is kept, and batches are put so that the messages make
 * sense as a conversation.
 */
final class LogOrder {
    /** Most batches whose orders are all tried, count. */
    private static final int TRIED = 5;

    private LogOrder() {}

    static List<LogPiece> of(List<LogPiece> logs) {
        List<LogPiece> sorted = logs.stream()
                .sorted(Comparator.comparingLong(LogPiece::timeNs).thenComparingLong(LogPiece::observedNs))
                .toList();
        List<LogPiece> ordered = new ArrayList<>();
        int begin = 0;
        while (begin < sorted.size()) {
            int end = begin + 1;
            while (end < sorted.size() && sameTime(sorted.get(begin), sorted.get(end))) {
                end++;
            }
            ordered.addAll(ofOneTime(sorted.subList(begin, end), ordered));
            begin = end;
        }
        return ordered;
    }

    private static boolean sameTime(LogPiece one, LogPiece other) {
        return one.timeNs() == other.timeNs() && one.observedNs() == other.observedNs();
    }

    private static List<LogPiece> ofOneTime(List<LogPiece> logs, List<LogPiece> before) {
        Map<String, List<LogPiece>> batches = new LinkedHashMap<>();
        for (LogPiece log : logs) {
            String batch = log.at().source() + " " + log.at().record();
            batches.computeIfAbsent(batch, key -> new ArrayList<>()).add(log);
        }
        if (batches.size() == 1 || batches.size() > TRIED) {
            return logs;
        }
        Best best = new Best(before);
        best.tryAll(new ArrayList<>(), new ArrayList<>(batches.values()));
        return best.order;
    }

    private static final class Best {
        private final List<LogPiece> before;
        private List<LogPiece> order = List.of();
        private int sense = Integer.MIN_VALUE;

        private Best(List<LogPiece> before) {
            this.before = before;
        }

        private void tryAll(List<LogPiece> chosen, List<List<LogPiece>> left) {
            if (left.isEmpty()) {
                List<LogPiece> whole = new ArrayList<>(before);
                whole.addAll(chosen);
                int found = senseOf(whole);
                if (found > sense) {
                    sense = found;
                    order = List.copyOf(chosen);
                }
                return;
            }
            for (int index = 0; index < left.size(); index++) {
                List<List<LogPiece>> rest = new ArrayList<>(left);
                List<LogPiece> more = new ArrayList<>(chosen);
                more.addAll(rest.remove(index));
                tryAll(more, rest);
            }
        }
    }

    /** How well the records follow one another: what begins, what answers what, and that the newest is no answer. */
    private static int senseOf(List<LogPiece> logs) {
        int sense = 0;
        String last = "";
        for (LogPiece log : logs) {
            String name = log.eventName();
            sense += switch (name) {
                case "gen_ai.system.message" -> last.isEmpty() || last.equals(name) ? 2 : -2;
                case "gen_ai.user.message" ->
                    last.isEmpty() || last.equals("gen_ai.system.message") || last.equals("gen_ai.assistant.message")
                            ? 1
                            : -1;
                case "gen_ai.assistant.message" ->
                    last.equals("gen_ai.user.message") || last.equals("gen_ai.tool.message") ? 1 : -2;
                case "gen_ai.tool.message" -> last.equals("gen_ai.assistant.message") || last.equals(name) ? 1 : -2;
                case "gen_ai.choice" -> last.equals("gen_ai.assistant.message") ? -1 : 1;
                default -> 0;
            };
            last = name;
        }
        return sense;
    }
}
