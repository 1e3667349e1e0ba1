package io.stillwatch.fingerprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Phrases by their {@link Phrase#key}, so that words which end no phrase cost one look at a filter. */
final class PhraseTable {
    private static final int FILTER_BITS = 15;
    private static final int FILTER_WORD_BITS = 6;

    private final long[] keys;
    private final Phrase[][] phrases;
    private final int mask;
    /** A bit for every key; most other hashes meet a zero. */
    private final long[] filter = new long[1 << FILTER_BITS - FILTER_WORD_BITS];

    PhraseTable(List<Phrase> all) {
        Map<Long, List<Phrase>> byKey = new HashMap<>();
        for (Phrase phrase : all) {
            byKey.computeIfAbsent(phrase.key(), key -> new ArrayList<>()).add(phrase);
        }
        int capacity = Integer.highestOneBit(Math.max(16, byKey.size() * 2)) << 1;
        keys = new long[capacity];
        phrases = new Phrase[capacity][];
        mask = capacity - 1;
        byKey.forEach((key, ending) -> {
            int slot = slotOf(key);
            while (phrases[slot] != null) {
                slot = slot + 1 & mask;
            }
            keys[slot] = key;
            phrases[slot] = ending.toArray(Phrase[]::new);
            filter[filterIndex(key)] |= 1L << key;
        });
    }

    /**
     * What the phrases of a key set that end at a word.
     *
     * @param key the word's hash, or the {@link Phrase#pair} of it and the word before
     * @param words hashes of the prompt's words
     * @param last index of the word at which phrases must end
     * @return bits of the markers found, 0 when none
     */
    long find(long key, long[] words, int last) {
        return (filter[filterIndex(key)] >>> key & 1) == 0 ? 0 : look(key, words, last);
    }

    private long look(long key, long[] words, int last) {
        long found = 0;
        for (int slot = slotOf(key); phrases[slot] != null; slot = slot + 1 & mask) {
            if (keys[slot] == key) {
                for (Phrase phrase : phrases[slot]) {
                    if ((found & phrase.bit()) == 0 && phrase.endsAt(words, last)) {
                        found |= phrase.bit();
                    }
                }
                break;
            }
        }
        return found;
    }

    private static int filterIndex(long key) {
        return (int) (key >>> Long.SIZE - FILTER_BITS + FILTER_WORD_BITS);
    }

    private int slotOf(long key) {
        return (int) (key >>> 20) & mask;
    }
}
