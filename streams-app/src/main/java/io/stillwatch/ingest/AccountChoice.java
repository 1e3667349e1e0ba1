package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which field of a record names the account: the first of these that is there. Without one, each format has an order of its
 * own, which {@code docs/input-formats.md} lists.
 *
 * @param names names of attributes (OpenTelemetry), or dotted paths of fields (all others); none for the format's own order
 */
public record AccountChoice(List<String> names) {
    /** Each format's own order. */
    public static final AccountChoice BY_FORMAT = new AccountChoice(List.of());

    /** Checks the names. */
    public AccountChoice {
        names = List.copyOf(names);
        if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("A name of a field that names the account is blank.");
        }
    }

    /** Reads {@code user.id,service.name}. */
    public static AccountChoice of(String commaSeparated) {
        return new AccountChoice(
                List.of(commaSeparated.split(",")).stream().map(String::strip).toList());
    }

    boolean isGiven() {
        return !names.isEmpty();
    }

    /** The first of the names that the lookup knows an identity for. */
    Optional<String> first(Function<String, String> lookup) {
        for (String name : names) {
            String found = Identity.of(lookup.apply(name));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** The account in a record of nested objects. */
    Optional<String> in(JsonNode record) {
        return first(name -> at(record, name));
    }

    /** The scalar at a dotted path; a name that has dots itself is found as well. */
    static @Nullable String at(JsonNode record, String path) {
        JsonNode whole = Tree.folded(record, path);
        if (Tree.isPresent(whole)) {
            return Tree.text(whole);
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            JsonNode inner = Json.unpacked(Tree.folded(record, path.substring(0, dot)));
            if (inner.isContainerNode()) {
                String found = at(inner, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
