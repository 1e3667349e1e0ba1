package io.stillwatch.replay.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of files for a page that is passed on: without the folders that only its author knows, as long as the files can
 * still be told apart.
 */
final class SourceNames {
    private final Map<String, String> shortened = new LinkedHashMap<>();

    /** Names of these sources. */
    SourceNames(Collection<String> sources) {
        List<String> names = List.copyOf(sources);
        for (String name : names) {
            shortened.put(name, shortestUnlike(name, names));
        }
    }

    private static String shortestUnlike(String name, List<String> names) {
        for (int slash = name.lastIndexOf('/'); slash >= 0; slash = name.lastIndexOf('/', slash - 1)) {
            String end = name.substring(slash);
            if (names.stream().noneMatch(other -> !other.equals(name) && ("/" + other).endsWith(end))) {
                return end.substring(1);
            }
        }
        return name;
    }

    /** The short name of a source; one that is not known stays as it is. */
    String of(String source) {
        return shortened.getOrDefault(source, source);
    }

    /** A text that begins with the name of a source, such as a place in it, with the short name. */
    String in(String text) {
        return shortened.entrySet().stream()
                .filter(entry -> text.startsWith(entry.getKey()))
                .max(Map.Entry.comparingByKey((one, other) -> Integer.compare(one.length(), other.length())))
                .map(entry -> entry.getValue() + text.substring(entry.getKey().length()))
                .orElse(text);
    }
}
