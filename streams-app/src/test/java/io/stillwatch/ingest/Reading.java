package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole inputs for tests. */
final class Reading {
    static final String SOURCE = "input";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Reading() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<Ingested> all(byte[] input) {
        return all(input, Optional.empty(), IngestLimits.DEFAULT);
    }

    static List<Ingested> all(byte[] input, Optional<InputFormat> format, IngestLimits limits) {
        try (RequestEventReader reader =
                RequestEventReader.open(new ByteArrayInputStream(input), SOURCE, format, limits)) {
            return all(reader);
        }
    }

    static List<Ingested> all(String input) {
        return all(input.getBytes(StandardCharsets.UTF_8));
    }

    static List<Ingested> all(RequestEventReader reader) {
        List<Ingested> read = new ArrayList<>();
        reader.forEachRemaining(read::add);
        return read;
    }

    static IngestTally tally(List<Ingested> read) {
        IngestTally tally = new IngestTally();
        read.forEach(tally::add);
        return tally;
    }

    static List<RequestEvent> events(List<Ingested> read) {
        return read.stream()
                .filter(Ingested.Accepted.class::isInstance)
                .map(accepted -> ((Ingested.Accepted) accepted).event())
                .toList();
    }

    static List<Ingested.Rejected> rejected(List<Ingested> read) {
        return read.stream()
                .filter(Ingested.Rejected.class::isInstance)
                .map(Ingested.Rejected.class::cast)
                .toList();
    }

    /** One line a record, as the expected files have them. */
    static String render(Ingested ingested) {
        if (ingested instanceof Ingested.Accepted accepted) {
            return RequestEventJson.write(accepted.event());
        }
        ObjectNode line = JSON.createObjectNode();
        if (ingested instanceof Ingested.Rejected rejected) {
            line.put("rejected", rejected.cause());
        } else if (ingested instanceof Ingested.Skipped skipped) {
            line.put("skipped", skipped.why());
        }
        return line.put("at", ingested.at().toString()).toString();
    }
}
