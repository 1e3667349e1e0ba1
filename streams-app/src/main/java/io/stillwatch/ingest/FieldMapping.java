package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Where the fields of a request event stand in records of a layout that nobody else knows, such as {@code account_id=$.user.id}.
 * Beside the event's own fields there are {@code request} and {@code response}, the bodies of a call to a model's API as they
 * were sent; {@code messages} may be the list of messages; and {@code links.TYPE} and {@code attributes.NAME}.
 */
public final class FieldMapping {
    private static final String REQUEST = "request";
    private static final String RESPONSE = "response";
    private static final String MESSAGES = "messages";
    private static final Set<String> BODIES = Set.of(REQUEST, RESPONSE);
    private static final Set<String> GROUPS = Set.of("links.", "attributes.");

    private final Map<String, Place> places;

    /** A path in the record, or a text that is the same in all. */
    private record Place(Optional<FieldPath> path, String constant) {
        JsonNode in(JsonNode record) {
            return path.map(found -> found.in(record)).orElseGet(() -> JsonNodeFactory.instance.textNode(constant));
        }

        String written() {
            return path.map(FieldPath::toString).orElse(constant);
        }
    }

    private FieldMapping(Map<String, Place> places) {
        this.places = places;
    }

    /**
     * Reads {@code NAME=PATH} pairs.
     *
     * @throws IllegalArgumentException with a sentence if one cannot be meant, or if what is needed is not mapped
     */
    public static FieldMapping of(List<String> pairs) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            String value = pair.substring(equals + 1).strip();
            if (equals < 0 || value.isEmpty()) {
                throw new IllegalArgumentException(
                        "A field is NAME=PATH, such as account_id=$.user.id, not '" + pair + "'.");
            }
            if (!isKnown(name)) {
                throw new IllegalArgumentException("There is no field " + name + " of a request event; there are "
                        + String.join(", ", fields()) + ", request, response, links.TYPE and attributes.NAME.");
            }
            Optional<FieldPath> path = FieldPath.of(value);
            if (value.startsWith("$") && path.isEmpty()) {
                throw new IllegalArgumentException(
                        value + " is no path; it is such as $.user.id, $['user.id'] or $.messages[-1].content.");
            }
            places.put(name, new Place(path, value));
        }
        for (String needed : List.of("account_id", "event_time")) {
            if (!places.containsKey(needed)) {
                throw new IllegalArgumentException(
                        "The field " + needed + " is needed; say where it stands, such as " + needed + "=$.path.");
            }
        }
        return new FieldMapping(places);
    }

    private static boolean isKnown(String name) {
        return fields().contains(name)
                || BODIES.contains(name)
                || GROUPS.stream().anyMatch(group -> name.startsWith(group) && name.length() > group.length());
    }

    private static List<String> fields() {
        return RequestEvent.getClassSchema().getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> !name.equals("links") && !name.equals("attributes"))
                .collect(Collectors.toList());
    }

    /** The pairs that it was made of. */
    public List<String> pairs() {
        List<String> pairs = new ArrayList<>();
        places.forEach((name, place) -> pairs.add(name + "=" + place.written()));
        return pairs;
    }

    /** Where a field is looked for; empty where it is not mapped. */
    Optional<String> place(String field) {
        return Optional.ofNullable(places.get(field)).map(Place::written);
    }

    /** The record as a request event. */
    Ingested read(Row row) throws RecordRejected {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        ObjectNode exchange = JsonNodeFactory.instance.objectNode();
        places.forEach((name, place) -> put(name, place.in(row.record()), found, exchange));
        require(found, "account_id");
        require(found, "event_time");
        RequestEvent event = nativeEvent(found, row);
        if (!exchange.isEmpty()) {
            EventMerge.fill(event, bodies(exchange));
        }
        return new Ingested.Accepted(RequestEventValidator.admit(event), row.at());
    }

    private static void put(String name, JsonNode value, ObjectNode found, ObjectNode exchange) {
        if (!Tree.isPresent(value)) {
            return;
        }
        JsonNode unpacked = Json.unpacked(value);
        if (BODIES.contains(name)) {
            exchange.set(name, unpacked);
        } else if (name.equals(MESSAGES) && unpacked.isContainerNode()) {
            exchange.withObject("/" + REQUEST).set(MESSAGES, unpacked);
        } else if (name.contains(".")) {
            int dot = name.indexOf('.');
            found.withObject("/" + name.substring(0, dot)).set(name.substring(dot + 1), value);
        } else {
            // A text that is cut into parts is one text.
            String text = unpacked.isContainerNode() ? ChatMessages.contentText(unpacked) : null;
            found.set(name, text == null ? value : Tree.textNode(text));
        }
    }

    private String placeWritten(String name) {
        return Objects.requireNonNull(places.get(name), name).written();
    }

    private void require(ObjectNode found, String name) throws RecordRejected {
        if (!Tree.isPresent(found.path(name))) {
            throw new RecordRejected(name + " is missing: there is nothing at " + placeWritten(name));
        }
        if (name.equals("account_id") && Identity.of(Tree.text(found.path(name))) == null) {
            throw new RecordRejected(
                    "no account: '" + EventBounds.shortened(String.valueOf(Tree.text(found.path(name)))) + "' at "
                            + placeWritten(name) + " is no identity");
        }
    }

    private static RequestEvent nativeEvent(ObjectNode found, Row row) throws RecordRejected {
        found.put("event_time", row.timeOf(found.path("event_time"), "event_time"));
        RequestEvent event = NativeJsonReader.read(found, row.options().zone());
        if (!found.has("event_id")) {
            // It is made of all that is known, which is not all here yet.
            event.setEventId("");
        }
        return event;
    }

    /** What the bodies tell beyond what is mapped by itself. */
    private static RequestEvent bodies(ObjectNode exchange) {
        EventDraft draft = new EventDraft();
        JsonNode request = exchange.path(REQUEST);
        if (request.isObject()) {
            ModelRequest.read(request, draft);
        } else if (request.isTextual()) {
            draft.messages(new ChatMessages().addPrompt(request.textValue()));
        }
        JsonNode response = ModelResponse.whole(exchange.path(RESPONSE));
        if (response.isObject()) {
            ModelResponse.read(response, draft);
        }
        return draft.unchecked();
    }
}
