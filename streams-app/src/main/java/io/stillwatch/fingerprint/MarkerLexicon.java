package io.stillwatch.fingerprint;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The phrases that set the lexical markers, matched over the word hashes of a prompt.
 *
 * <p>A phrase is one to eight words; {@code *} stands for up to three words between its neighbours; a leading
 * {@code ^} binds it to the prompt's first words. Phrases are indexed by their last word, so a word that ends no phrase
 * costs one probe.
 */
public final class MarkerLexicon {
    private static final long ANY = 0;
    private static final int LONGEST_GAP = 3;
    private static final String RESOURCE = "markers.yaml";

    private static final class Phrase {
        private final long[] words;
        private final boolean atStart;
        private final long bit;

        Phrase(long[] words, boolean atStart, long bit) {
            this.words = words;
            this.atStart = atStart;
            this.bit = bit;
        }
    }

    private final long[] lastWords;
    private final Phrase[][] phrases;
    private final int mask;

    private MarkerLexicon(Map<Long, List<Phrase>> byLastWord) {
        int capacity = Integer.highestOneBit(Math.max(16, byLastWord.size() * 4)) << 1;
        lastWords = new long[capacity];
        phrases = new Phrase[capacity][];
        mask = capacity - 1;
        byLastWord.forEach((word, ending) -> {
            int slot = slotOf(word);
            while (lastWords[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            lastWords[slot] = word;
            phrases[slot] = ending.toArray(Phrase[]::new);
        });
    }

    /**
     * Reads the bundled lexicon.
     *
     * @throws IllegalStateException when it names an unknown marker or holds an empty phrase
     */
    public static MarkerLexicon bundled() {
        try (InputStream in = MarkerLexicon.class.getResourceAsStream(RESOURCE)) {
            ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
            Map<String, Map<String, List<String>>> data = yaml.readValue(in, new TypeReference<>() {});
            return of(data);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled " + RESOURCE + " cannot be read", e);
        }
    }

    /**
     * Compiles phrases.
     *
     * @param data phrases by marker id and language
     */
    static MarkerLexicon of(Map<String, Map<String, List<String>>> data) {
        Map<Long, List<Phrase>> byLastWord = new HashMap<>();
        data.forEach((id, languages) -> {
            Marker marker = markerOf(id);
            languages
                    .values()
                    .forEach(list -> list.forEach(text -> {
                        Phrase phrase = parse(text, marker);
                        byLastWord
                                .computeIfAbsent(phrase.words[phrase.words.length - 1], word -> new ArrayList<>())
                                .add(phrase);
                    }));
        });
        return new MarkerLexicon(byLastWord);
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
                words.add(ANY);
            } else {
                words.addAll(PromptScanner.wordHashes(part));
            }
        }
        if (words.isEmpty() || words.get(words.size() - 1) == ANY || words.get(0) == ANY) {
            throw new IllegalStateException(RESOURCE + " has the unusable phrase \"" + text + "\"");
        }
        return new Phrase(words.stream().mapToLong(Long::longValue).toArray(), atStart, marker.bit());
    }

    private int slotOf(long word) {
        return (int) (word >>> 20) & mask;
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
        for (int slot = slotOf(word); lastWords[slot] != 0; slot = (slot + 1) & mask) {
            if (lastWords[slot] == word) {
                long found = 0;
                for (Phrase phrase : phrases[slot]) {
                    if ((found & phrase.bit) == 0 && matches(phrase, phrase.words.length - 2, words, last - 1)) {
                        found |= phrase.bit;
                    }
                }
                return found;
            }
        }
        return 0;
    }

    private static boolean matches(Phrase phrase, int wanted, long[] words, int at) {
        if (wanted < 0) {
            return !phrase.atStart || at < 0;
        }
        if (phrase.words[wanted] == ANY) {
            for (int gap = 0; gap <= LONGEST_GAP && at - gap >= 0; gap++) {
                if (matches(phrase, wanted - 1, words, at - gap)) {
                    return true;
                }
            }
            return false;
        }
        return at >= 0 && words[at] == phrase.words[wanted] && matches(phrase, wanted - 1, words, at - 1);
    }
}
