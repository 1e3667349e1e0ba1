package io.stillwatch.fingerprint;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stillwatch.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cheap guess at a prompt's language: by script where the script decides, else by frequent short words.
 *
 * <p>Good enough to count how many languages an account writes in, not to route a text. Returns ISO 639-1 codes;
 * {@code und} when nothing speaks for a language.
 */
final class LanguageGuess {
    /** Code for an undetermined language (ISO 639-2). */
    static final String UNDETERMINED = "und";

    private static final int WORDS_READ = 64;
    private static final int LETTERS_READ = 256;

    private static final int MOST_LANGUAGES = 2 * Long.BYTES;
    private static final int COUNTER = 0xFF;

    private final List<String> languages;
    private final long[] words;
    /** By word, a one for each of the first eight languages that have it, in the byte that counts for the language. */
    private final long[] first;
    /** The same for the other languages. */
    private final long[] second;

    private final int mask;

    private LanguageGuess(Map<String, List<String>> frequentWords) {
        languages = new ArrayList<>(frequentWords.keySet());
        if (languages.size() > MOST_LANGUAGES) {
            throw new IllegalStateException("languages.yaml has more than " + MOST_LANGUAGES + " languages.");
        }
        Map<Long, Long> bits = new HashMap<>();
        for (int language = 0; language < languages.size(); language++) {
            long bit = 1L << language;
            for (String word : frequentWords.getOrDefault(languages.get(language), List.of())) {
                for (long hash : PromptScanner.wordHashes(word)) {
                    bits.merge(hash, bit, (left, right) -> left | right);
                }
            }
        }
        int capacity = Integer.highestOneBit(Math.max(16, bits.size() * 3)) << 1;
        words = new long[capacity];
        first = new long[capacity];
        second = new long[capacity];
        mask = capacity - 1;
        bits.forEach((word, bit) -> {
            int slot = slotOf(word);
            while (words[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            words[slot] = word;
            for (int language = 0; language < Long.BYTES; language++) {
                first[slot] |= (bit >>> language & 1) << (language * Byte.SIZE);
                second[slot] |= (bit >>> (language + Long.BYTES) & 1) << (language * Byte.SIZE);
            }
        });
    }

    static LanguageGuess bundled() {
        return new LanguageGuess(YamlDocument.bundled(
                LanguageGuess.class, "languages.yaml", new TypeReference<Map<String, List<String>>>() {}));
    }

    private int slotOf(long word) {
        return (int) (word >>> 20) & mask;
    }

    /**
     * The language of a text.
     *
     * @param otherScript whether the text may have letters beyond the Latin script
     * @param scanned the text's words
     */
    String of(CharSequence text, boolean otherScript, PromptScanner scanned) {
        String byScript = otherScript ? byScript(text) : null;
        if (byScript != null) {
            return byScript;
        }
        long firstCounters = 0;
        long secondCounters = 0;
        int count = Math.min(scanned.words(), WORDS_READ);
        for (int at = 0; at < count; at++) {
            long word = scanned.wordAt(at);
            int slot = slotOf(word);
            while (words[slot] != word && words[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            firstCounters += first[slot];
            secondCounters += second[slot];
        }
        int best = -1;
        long most = 0;
        for (int language = 0; language < languages.size(); language++) {
            long counters = language < Long.BYTES ? firstCounters : secondCounters;
            long speaking = counters >>> (language * Byte.SIZE) & COUNTER;
            if (speaking > most) {
                best = language;
                most = speaking;
            }
        }
        return best < 0 ? UNDETERMINED : languages.get(best);
    }

    private static @Nullable String byScript(CharSequence text) {
        int letters = 0;
        int han = 0;
        int kana = 0;
        int hangul = 0;
        int cyrillic = 0;
        int arabic = 0;
        int other = 0;
        for (int at = 0; at < text.length() && letters < LETTERS_READ; at++) {
            char character = text.charAt(at);
            if (character < 128) {
                if (character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z') {
                    letters++;
                }
            } else if (Character.isLetter(character)) {
                letters++;
                switch (Character.UnicodeScript.of(character)) {
                    case HAN -> han++;
                    case HIRAGANA, KATAKANA -> kana++;
                    case HANGUL -> hangul++;
                    case CYRILLIC -> cyrillic++;
                    case ARABIC -> arabic++;
                    case DEVANAGARI, THAI, HEBREW, GREEK -> other++;
                    default -> {}
                }
            }
        }
        int half = letters / 3;
        if (letters == 0) {
            return UNDETERMINED;
        }
        if (kana > 0 && kana + han > half) {
            return "ja";
        }
        if (han > half) {
            return "zh";
        }
        if (hangul > half) {
            return "ko";
        }
        if (cyrillic > half) {
            return "ru";
        }
        if (arabic > half) {
            return "ar";
        }
        return other > half ? UNDETERMINED : null;
    }
}
