package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The joins of tables that each tell a part of a request. */
final class RowJoins {
    private static final int REQUEST = 0;
    private static final int RESULT = 1;

    private RowJoins() {}

    /** What to call a join where it is written down. */
    static String name(RowJoin join) {
        return join instanceof Batch ? "batch" : join instanceof Langfuse ? "langfuse" : "apim";
    }

    /** The join of that name. */
    static RowJoin named(String name, IngestOptions options) throws RecordRejected {
        return switch (name) {
            case "batch" -> new Batch(options);
            case "langfuse" -> new Langfuse(options);
            case "apim" -> new Apim(options);
            default -> throw new RecordRejected("there are no tables of the name " + EventBounds.shortened(name));
        };
    }

    /** Lines of a batch's input with those of its output, by their custom id: OpenAI's and Anthropic's. */
    static Ingested batch(Row row) throws RecordRejected {
        JsonNode line = row.record();
        boolean request = Tree.isPresent(Tree.first(line, "body", "params", "request"));
        boolean result = Tree.isPresent(Tree.first(line, "response", "result"));
        if (request && result) {
            return OpenAiExchange.read(row);
        }
        return piece(
                row, new Batch(row.options()), "batch " + line.path("custom_id").asText(), request ? REQUEST : RESULT);
    }

    /** Observations of a Langfuse export with their traces. */
    static Ingested langfuse(Row row) throws RecordRejected {
        boolean trace = LangfuseRow.isTrace(row.record());
        if (!trace) {
            Optional<String> whyNot = LangfuseRow.whyNoCall(row);
            if (whyNot.isPresent()) {
                return RowReader.skipped(row, whyNot.get());
            }
        }
        String id = trace ? row.text("id") : row.text("trace_id");
        if (id == null) {
            return LangfuseRow.read(row, Tree.missing());
        }
        return piece(row, new Langfuse(row.options()), "langfuse " + id, trace ? RESULT : REQUEST);
    }

    /** Rows of Azure API Management's two tables. */
    static Ingested apim(Row row) throws RecordRejected {
        String id = row.text("CorrelationId");
        if (id == null) {
            throw new RecordRejected("CorrelationId is missing, by which the two tables are joined");
        }
        return piece(row, new Apim(row.options()), "apim " + id, ApimRow.isLlmLog(row.record()) ? REQUEST : RESULT);
    }

    private static Ingested piece(Row row, RowJoin join, String group, int role) {
        long time;
        try {
            time = row.timeInUtc(TIMES);
        } catch (RecordRejected e) {
            // A line of a batch often has no time; it waits as long as there is room.
            time = 0;
        }
        JsonNode kept = row.record();
        return new Ingested.Part(
                new RowPiece(row.at(), join, EventBounds.shortened(group), role, time, kept, 512 + weight(kept)));
    }

    private static final List<String> TIMES = List.of("start_time", "startTime", "TimeGenerated", "timestamp", "time");

    private static int weight(JsonNode node) {
        if (node.isTextual()) {
            return 2 * node.textValue().length() + 48;
        }
        int weight = 48;
        for (JsonNode child : node) {
            weight += weight(child);
        }
        return weight;
    }

    private interface Reading {
        Ingested of() throws RecordRejected;
    }

    private static Ingested told(RowPiece row, Reading reading) {
        try {
            return reading.of();
        } catch (RecordRejected e) {
            return new Ingested.Rejected(row.at(), e.getMessage(), row.original());
        }
    }

    private static List<RowPiece> of(List<RowPiece> rows, int role) {
        return rows.stream().filter(row -> row.role() == role).toList();
    }

    private record Batch(IngestOptions options) implements RowJoin {
        @Override
        public boolean isComplete(List<RowPiece> rows) {
            return !of(rows, REQUEST).isEmpty() && !of(rows, RESULT).isEmpty();
        }

        @Override
        public List<Ingested> assemble(List<RowPiece> rows) {
            List<RowPiece> requests = of(rows, REQUEST);
            List<RowPiece> results = of(rows, RESULT);
            List<Ingested> told = new ArrayList<>();
            for (int index = 0; index < requests.size(); index++) {
                RowPiece request = requests.get(index);
                ObjectNode whole = ((ObjectNode) request.row()).deepCopy();
                if (index < results.size()) {
                    ObjectNode result = (ObjectNode) results.get(index).row();
                    result.properties().forEach(field -> {
                        if (!whole.has(field.getKey()) || field.getKey().equals("id")) {
                            whole.set(field.getKey(), field.getValue());
                        }
                    });
                }
                told.add(told(request, () -> OpenAiExchange.read(new Row(whole, request.at(), options))));
            }
            for (RowPiece left : results.subList(Math.min(requests.size(), results.size()), results.size())) {
                told.add(new Ingested.Rejected(
                        left.at(),
                        "a result of a batch without its request; name the batch's input file as well",
                        left.original()));
            }
            return told;
        }
    }

    private record Langfuse(IngestOptions options) implements RowJoin {
        @Override
        public boolean isComplete(List<RowPiece> rows) {
            return false;
        }

        @Override
        public List<Ingested> assemble(List<RowPiece> rows) {
            JsonNode trace =
                    of(rows, RESULT).stream().findFirst().map(RowPiece::row).orElse(Tree.missing());
            List<Ingested> told = new ArrayList<>();
            for (RowPiece observation : of(rows, REQUEST)) {
                told.add(told(
                        observation,
                        () -> LangfuseRow.read(new Row(observation.row(), observation.at(), options), trace)));
            }
            for (RowPiece left : of(rows, RESULT)) {
                told.add(new Ingested.Skipped(left.at(), "a trace of Langfuse is no model call itself"));
            }
            return told;
        }
    }

    private record Apim(IngestOptions options) implements RowJoin {
        @Override
        public boolean isComplete(List<RowPiece> rows) {
            return false;
        }

        @Override
        public List<Ingested> assemble(List<RowPiece> rows) {
            List<RowPiece> calls = of(rows, REQUEST);
            List<RowPiece> gateway = of(rows, RESULT);
            if (calls.isEmpty()) {
                return gateway.stream()
                        .<Ingested>map(left -> new Ingested.Skipped(
                                left.at(), "a request to Azure API Management without an LLM log is no model call"))
                        .toList();
            }
            RowPiece first = calls.get(0);
            List<Ingested> told = new ArrayList<>();
            told.add(told(
                    first,
                    () -> ApimRow.read(
                            new Row(first.row(), first.at(), options),
                            calls.stream().map(RowPiece::row).toList(),
                            gateway.isEmpty() ? Tree.missing() : gateway.get(0).row())));
            return told;
        }
    }
}
