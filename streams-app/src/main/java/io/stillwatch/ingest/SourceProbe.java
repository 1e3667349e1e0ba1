package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the first records of a log as a replay would, and says of what it found where it stands: so that somebody who tries a
 * new source sees what is read from where, and what is missing.
 */
public final class SourceProbe {
    private static final int DEEPEST = 12;
    private static final int LONGEST_RECORD = 4 << 20;

    /** Of standard input, to find in it what was read; bytes. */
    private static final int MOST_KEPT = 64 << 20;

    private final IngestOptions options;
    private final Map<Long, List<JsonNode>> records = new HashMap<>();

    /**
     * What was found of one field.
     *
     * @param value as it was understood; empty where it is missing
     * @param from where it stands in the record; empty where that cannot be told, as of what was put together
     */
    public record Found(Optional<String> value, Optional<String> from) {
        static final Found NOTHING = new Found(Optional.empty(), Optional.empty());
    }

    /** What a record came to: a request with what is known of it, or a sentence why it is none. */
    public sealed interface Probed {
        /** Where the record stands. */
        Position at();
    }

    /** A request. */
    public record Request(Position at, RequestEvent event, Found account, Found time, Found prompt, Found tokens)
            implements Probed {}

    /** A record that is no request, or cannot be read. */
    public record NoRequest(Position at, boolean rejected, String why) implements Probed {}

    /**
     * What the first records came to.
     *
     * @param format that the file is read in; empty for a mapping
     * @param probed the first of them
     */
    public record Result(Optional<InputFormat> format, List<Probed> probed) {}

    private SourceProbe(IngestOptions options) {
        this.options = options;
    }

    /**
     * Looks at a command-line argument: a file name, or {@code -} for standard input.
     *
     * @param most records at most
     * @throws IngestException if it cannot be read at all, with what to do
     */
    public static Result look(String argument, IngestOptions options, int most) {
        return argument.equals(RequestEventReader.STANDARD_INPUT)
                ? look(System.in, "standard input", options, most)
                : new SourceProbe(options)
                        .look(
                                UnjoinedReader.open(argument, options),
                                argument,
                                () -> Files.newInputStream(Path.of(argument)),
                                most);
    }

    /** As {@link #look(String, IngestOptions, int)}, of what can be read only once. */
    static Result look(InputStream in, String source, IngestOptions options, int most) {
        KeptStream kept = new KeptStream(in, MOST_KEPT);
        return new SourceProbe(options).look(UnjoinedReader.open(kept, source, options), source, kept::again, most);
    }

    /** The input from its beginning, once more. */
    private interface Again {
        InputStream open() throws IOException;
    }

    private Result look(UnjoinedReader opened, String source, Again again, int most) {
        List<Probed> probed = new ArrayList<>();
        PieceJoin join = new PieceJoin(options.account(), PieceJoin.WAIT, 64L << 20);
        try (UnjoinedReader reader = opened) {
            List<Ingested> told = new ArrayList<>();
            int read = 0;
            for (Optional<Ingested> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get() instanceof Ingested.Part part) {
                    keep(part.piece());
                    told.addAll(join.take(part.piece()));
                } else {
                    told.add(next.get());
                }
                if (++read >= most) {
                    break;
                }
            }
            told.addAll(join.finish());
            keepLines(source, again, most);
            told.forEach(one -> probed.add(of(one)));
            return new Result(options.mapping().isPresent() ? Optional.empty() : reader.format(), probed);
        }
    }

    /** Pieces know their own JSON, whatever they came in. */
    private void keep(Piece piece) {
        byte[] json = piece.original().bytes();
        try {
            keep(piece.at(), Json.object(json, 0, json.length));
        } catch (RecordRejected e) {
            // It is too long to be kept whole, so nothing can be said of it.
            keep(piece.at(), Tree.missing());
        }
    }

    private void keep(Position at, JsonNode tree) {
        records.computeIfAbsent(at.record(), record -> new ArrayList<>()).add(tree);
    }

    /** Lines of text as they stand, to find in them what was read. */
    private void keepLines(String source, Again again, int most) {
        try (PeekableStream content = Magic.decompressed(again.open())) {
            if (Magic.isAvro(content) || ProtoRecords.isProto(content) || FrameRecords.isFramed(content)) {
                return;
            }
            Magic.skipByteOrderMark(content);
            RecordFramer framer = new RecordFramer(content, source, LONGEST_RECORD);
            for (int record = 0; record < most; record++) {
                Optional<Framed> next = framer.next();
                if (next.isEmpty()) {
                    return;
                }
                if (next.get() instanceof Framed.Whole whole) {
                    keep(whole.at(), tree(whole));
                }
            }
        } catch (IOException e) {
            throw new IngestException(source + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static JsonNode tree(Framed.Whole whole) {
        try {
            return Json.object(whole.bytes(), whole.from(), whole.length());
        } catch (RecordRejected e) {
            return Tree.missing();
        }
    }

    private Probed of(Ingested one) {
        if (one instanceof Ingested.Rejected rejected) {
            return new NoRequest(rejected.at(), true, rejected.cause());
        }
        if (one instanceof Ingested.Skipped skipped) {
            return new NoRequest(skipped.at(), false, skipped.why());
        }
        RequestEvent event = ((Ingested.Accepted) one).event();
        Position at = one.at();
        return new Request(
                at,
                event,
                found(at, event.getAccountId(), "account_id", text -> text.equals(event.getAccountId())),
                found(
                        at,
                        Instant.ofEpochMilli(event.getEventTime()).toString(),
                        "event_time",
                        text -> isTime(text, event.getEventTime())),
                event.getPrompt() == null
                        ? Found.NOTHING
                        : found(at, event.getPrompt(), "prompt", text -> text.equals(event.getPrompt())),
                tokens(at, event));
    }

    private Found tokens(Position at, RequestEvent event) {
        if (event.getInputTokens() == null && event.getOutputTokens() == null) {
            return Found.NOTHING;
        }
        Long told = event.getOutputTokens() == null ? event.getInputTokens() : event.getOutputTokens();
        String value = (event.getInputTokens() == null ? "?" : event.getInputTokens()) + " in, "
                + (event.getOutputTokens() == null ? "?" : event.getOutputTokens()) + " out";
        return found(at, value, "output_tokens", text -> text.equals(told.toString()));
    }

    private boolean isTime(String text, long timeMs) {
        try {
            Long time = TimeReader.fromTextOfAnyUnit(
                    "time", text, Optional.of(options.zone().orElse(ZoneOffset.UTC)));
            return time != null && time == timeMs;
        } catch (RecordRejected e) {
            return false;
        }
    }

    private Found found(Position at, String value, String field, Predicate<String> is) {
        Optional<String> mapped = options.mapping().flatMap(mapping -> mapping.place(field));
        Optional<String> from = mapped.isPresent()
                ? mapped
                : records.getOrDefault(at.record(), List.of()).stream()
                        .map(tree -> search(tree, "", is, 0))
                        .flatMap(Optional::stream)
                        .findFirst();
        return new Found(Optional.of(value), from);
    }

    /** The path of the first value that is the one; attributes of OpenTelemetry by their keys. */
    private static Optional<String> search(JsonNode given, String path, Predicate<String> is, int depth) {
        JsonNode node = Json.unpacked(given);
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        if (node.isValueNode()) {
            return !node.isNull() && is.test(node.asText()) ? Optional.of(path) : Optional.empty();
        }
        if (node.isObject() && node.path("key").isTextual() && node.has("value")) {
            return search(node.path("value"), path + "['" + node.path("key").textValue() + "']", is, depth + 1);
        }
        int index = 0;
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            boolean attribute = element.path("key").isTextual();
            Optional<String> found = search(element, attribute ? path : path + "[" + index + "]", is, depth + 1);
            if (found.isPresent()) {
                return found;
            }
            index++;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            boolean wrapper = field.getKey().endsWith("Value") && path.endsWith("']");
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Optional<String> found = search(field.getValue(), wrapper ? path : name, is, depth + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
