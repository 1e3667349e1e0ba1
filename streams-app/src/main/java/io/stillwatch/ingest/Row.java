package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.RequestEvent;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record of a foreign log, as a tree, with what was said about reading it.
 *
 * @param record the record itself
 * @param envelope what a log shipper wrapped around it; a missing node where there is nothing
 */
record Row(JsonNode record, JsonNode envelope, Position at, IngestOptions options) {
    /** Names under which log shippers and gateways note when something happened. */
    static final List<String> TIMES = List.of(
            "event_time",
            "timestamp",
            "@timestamp",
            "time",
            "ts",
            "start_time",
            "started_at",
            "request_time",
            "requested_at",
            "request_created_at",
            "received_at",
            "created_at",
            "datetime",
            "date",
            "logging_time");

    Row(JsonNode record, Position at, IngestOptions options) {
        this(record, Tree.missing(), at, options);
    }

    /** The same record in another form. */
    Row with(JsonNode other) {
        return new Row(other, envelope, at, options);
    }

    /** The field, however it is spelled; JSON in a text is unpacked. */
    JsonNode unpacked(String... names) {
        return Json.unpacked(Tree.firstFolded(record, names));
    }

    /** The text of the first of these fields that has one that is not blank; null if none has. */
    @Nullable
    String text(String... names) {
        return textIn(record, names);
    }

    /** The identifier in the first of these fields that has one; null if none has. */
    @Nullable
    String identity(String... names) {
        return identityIn(record, names);
    }

    static @Nullable String textIn(JsonNode node, String... names) {
        for (String name : names) {
            String text = Tree.text(Tree.folded(node, name));
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    static @Nullable String identityIn(JsonNode node, String... names) {
        for (String name : names) {
            String identity = Identity.of(Tree.text(Tree.folded(node, name)));
            if (identity != null) {
                return identity;
            }
        }
        return null;
    }

    /**
     * When it happened: the first of the fields that is there, in any unit, else the envelope's time.
     *
     * @throws RecordRejected if there is none, or none that can be meant
     */
    long time(List<String> names) throws RecordRejected {
        return time(names, options.zone());
    }

    /** As {@link #time(List)}, for a source that documents its times as UTC but writes no zone. */
    long timeInUtc(List<String> names) throws RecordRejected {
        return time(names, Optional.of(options.zone().orElse(ZoneOffset.UTC)));
    }

    private long time(List<String> names, Optional<ZoneId> zone) throws RecordRejected {
        Long time = timeIn(record, names, zone);
        time = time == null ? timeIn(envelope, TIMES, zone) : time;
        if (time == null) {
            throw new RecordRejected(
                    names.size() == 1
                            ? names.get(0) + " is missing"
                            : "no time: none of " + String.join(", ", names) + " is given");
        }
        return time;
    }

    /** The time in one field, null where it is absent. */
    @Nullable
    Long timeOf(JsonNode value, String name) throws RecordRejected {
        return timeOf(value, name, options.zone());
    }

    /** As {@link #timeOf(JsonNode, String)}, for a source that documents its times as UTC but writes no zone. */
    @Nullable
    Long utcTimeOf(JsonNode value, String name) throws RecordRejected {
        return timeOf(value, name, Optional.of(options.zone().orElse(ZoneOffset.UTC)));
    }

    private static @Nullable Long timeIn(JsonNode node, List<String> names, Optional<ZoneId> zone)
            throws RecordRejected {
        for (String name : names) {
            Long time = timeOf(Tree.folded(node, name), name, zone);
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    private static @Nullable Long timeOf(JsonNode value, String name, Optional<ZoneId> zone) throws RecordRejected {
        JsonNode plain = value.isObject() ? Tree.first(value, "$date", "seconds", "$numberLong", "value") : value;
        plain = plain.isObject() ? plain.path("$numberLong") : plain;
        String text = plain.isNumber() || plain.isTextual() ? plain.asText() : "";
        return text.isBlank() ? null : (Long) TimeReader.fromTextOfAnyUnit(name, text, zone);
    }

    /** The account where a field was named for it. */
    Optional<String> chosenAccount() {
        AccountChoice choice = options.account();
        return choice.in(record).or(() -> choice.in(envelope));
    }

    /**
     * Gives the event its account: that of the field chosen, if one was, else the first identifier given.
     *
     * @param where for the sentence, where it was looked for
     * @throws RecordRejected if there is none
     */
    void account(RequestEvent event, String where, @Nullable String... candidates) throws RecordRejected {
        if (options.account().isGiven()) {
            event.setAccountId(chosenAccount()
                    .orElseThrow(() -> new RecordRejected("no account: there is no "
                            + String.join(" and no ", options.account().names()))));
            return;
        }
        for (String candidate : candidates) {
            if (candidate != null) {
                event.setAccountId(candidate);
                return;
            }
        }
        throw new RecordRejected("no account: " + where + "; name the field that does with --account");
    }

    /** The record as an object that may be changed. */
    ObjectNode copy() {
        return record instanceof ObjectNode object ? object.deepCopy() : Tree.emptyObject();
    }
}
