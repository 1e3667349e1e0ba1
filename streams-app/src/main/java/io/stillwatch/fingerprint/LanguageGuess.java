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
import java.util.Map;

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

    private final List<String> languages;
    private final long[] words;
    private final long[] masks;
    private final int mask;
    private final int[] score;

    private LanguageGuess(Map<String, List<String>> frequentWords) {
        languages = new ArrayList<>(frequentWords.keySet());
        score = new int[languages.size()];
        Map<Long, Long> bits = new HashMap<>();
        for (int language = 0; language < languages.size(); language++) {
            long bit = 1L << language;
            for (String word : frequentWords.get(languages.get(language))) {
                for (long hash : PromptScanner.wordHashes(word)) {
                    bits.merge(hash, bit, (left, right) -> left | right);
                }
            }
        }
        int capacity = Integer.highestOneBit(Math.max(16, bits.size() * 3)) << 1;
        words = new long[capacity];
        masks = new long[capacity];
        mask = capacity - 1;
        bits.forEach((word, bit) -> {
            int slot = slotOf(word);
            while (words[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            words[slot] = word;
            masks[slot] = bit;
        });
    }

    static LanguageGuess bundled() {
        try (InputStream in = LanguageGuess.class.getResourceAsStream("languages.yaml")) {
            Map<String, List<String>> data =
                    new ObjectMapper(new YAMLFactory()).readValue(in, new TypeReference<>() {});
            return new LanguageGuess(data);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled languages.yaml cannot be read", e);
        }
    }

    private int slotOf(long word) {
        return (int) (word >>> 20) & mask;
    }

    String of(CharSequence text, PromptScanner scanned) {
        String byScript = byScript(text);
        if (byScript != null) {
            return byScript;
        }
        java.util.Arrays.fill(score, 0);
        int count = Math.min(scanned.words(), WORDS_READ);
        for (int at = 0; at < count; at++) {
            long bits = bitsOf(scanned.wordAt(at));
            while (bits != 0) {
                score[Long.numberOfTrailingZeros(bits)]++;
                bits &= bits - 1;
            }
        }
        int best = 0;
        for (int language = 1; language < score.length; language++) {
            if (score[language] > score[best]) {
                best = language;
            }
        }
        return score[best] == 0 ? UNDETERMINED : languages.get(best);
    }

    private long bitsOf(long word) {
        for (int slot = slotOf(word); words[slot] != 0; slot = (slot + 1) & mask) {
            if (words[slot] == word) {
                return masks[slot];
            }
        }
        return 0;
    }

    private static String byScript(CharSequence text) {
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
