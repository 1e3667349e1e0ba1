package io.stillwatch.fingerprint;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stillwatch.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The phrases that set the lexical markers, matched over the word hashes of a prompt.
 *
 * <p>A phrase is one to eight words; {@code *} stands for up to three words between its neighbours; a leading
 * {@code ^} binds it to the prompt's first words.
 */
public final class MarkerLexicon {
    private static final String RESOURCE = "markers.yaml";

    private final PhraseTable anywhere;
    private final PhraseTable atStart;
    /** Words at the start of a prompt among which a phrase of {@link #atStart} ends. */
    private final int startReach;

    private MarkerLexicon(List<Phrase> phrases) {
        anywhere = new PhraseTable(
                phrases.stream().filter(phrase -> !phrase.isAtStart()).toList());
        atStart = new PhraseTable(phrases.stream().filter(Phrase::isAtStart).toList());
        startReach = phrases.stream()
                .filter(Phrase::isAtStart)
                .mapToInt(Phrase::reach)
                .max()
                .orElse(0);
    }

    /**
     * Reads the bundled lexicon.
     *
     * @throws IllegalStateException when it names an unknown marker or holds an empty phrase
     */
    public static MarkerLexicon bundled() {
        return of(YamlDocument.bundled(
                MarkerLexicon.class, RESOURCE, new TypeReference<Map<String, Map<String, List<String>>>>() {}));
    }

    /**
     * Compiles phrases.
     *
     * @param data phrases by marker id and language
     */
    static MarkerLexicon of(Map<String, Map<String, List<String>>> data) {
        List<Phrase> phrases = new ArrayList<>();
        data.forEach((id, languages) -> {
            Marker marker = markerOf(id);
            languages.values().forEach(list -> list.forEach(text -> phrases.add(parse(text, marker))));
        });
        return new MarkerLexicon(phrases);
    }

    private static Marker markerOf(String id) {
        for (Marker marker : Marker.values()) {
            if (marker.id().equals(id)) {
                return marker;
            }
        }
        throw new IllegalStateException(RESOURCE + " names the unknown marker " + id);
    }

    private static Phrase parse(String text, Marker marker) {
        boolean atStart = text.startsWith("^");
        String body = atStart ? text.substring(1) : text;
        List<Long> words = new ArrayList<>();
        for (String part : body.toLowerCase(Locale.ROOT).trim().split("\\s+", -1)) {
            if (part.equals("*")) {
                words.add(Phrase.ANY);
            } else {
                words.addAll(PromptScanner.wordHashes(part));
            }
        }
        if (words.isEmpty() || words.get(words.size() - 1) == Phrase.ANY || words.get(0) == Phrase.ANY) {
            throw new IllegalStateException(RESOURCE + " has the unusable phrase \"" + text + "\"");
        }
        return new Phrase(words.stream().mapToLong(Long::longValue).toArray(), atStart, marker.bit());
    }

    /**
     * Markers of the phrases that end at a word.
     *
     * @param words hashes of the prompt's words
     * @param last index of the word at which phrases must end
     * @return bits of the markers found, 0 when none
     */
    long endingAt(long[] words, int last) {
        long word = words[last];
        long found = anywhere.find(word, words, last);
        if (last > 0) {
            found |= anywhere.find(Phrase.pair(words[last - 1], word), words, last);
        }
        return last < startReach ? found | startingWith(words, last) : found;
    }

    private long startingWith(long[] words, int last) {
        long found = atStart.find(words[last], words, last);
        return last == 0 ? found : found | atStart.find(Phrase.pair(words[last - 1], words[last]), words, last);
    }
}
