package io.stillwatch.profile.sketch;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import java.util.Arrays;

/**
 * How many prompts were in which language: exact for the two-letter codes of ISO 639-1; other codes share the rest of
 * the {@value #CODES} places by their hash. Takes memory for the languages seen only.
 */
public final class LanguageMix {
    private static final int LETTERS = 26;
    private static final int TWO_LETTERS = LETTERS * LETTERS;
    private static final int CODES = 1_024;

    private short[] codes = Empty.SHORTS;
    private int[] prompts = Empty.INTS;
    private int size;

    /** Counts a prompt in a language, by its code. */
    public void add(String language) {
        add(code(language), 1);
    }

    private static short code(String language) {
        if (language.length() == 2) {
            int first = language.charAt(0) - 'a';
            int second = language.charAt(1) - 'a';
            if (first >= 0 && first < LETTERS && second >= 0 && second < LETTERS) {
                return (short) (first * LETTERS + second);
            }
        }
        return (short) (TWO_LETTERS + Long.remainderUnsigned(Hash64.of(language), CODES - TWO_LETTERS));
    }

    private void add(short code, int more) {
        int slot = size == 0 ? -1 : Arrays.binarySearch(codes, 0, size, code);
        if (slot >= 0) {
            prompts[slot] += more;
            return;
        }
        if (size == codes.length) {
            int room = Math.max(1, size * 2);
            codes = Arrays.copyOf(codes, room);
            prompts = Arrays.copyOf(prompts, room);
        }
        int insert = -slot - 1;
        System.arraycopy(codes, insert, codes, insert + 1, size - insert);
        System.arraycopy(prompts, insert, prompts, insert + 1, size - insert);
        codes[insert] = code;
        prompts[insert] = more;
        size++;
    }

    /** Different languages. */
    public int languages() {
        return size;
    }

    /** Probability that two prompts are in the same language (Simpson 1949); NaN below two prompts. */
    public double concentration() {
        double pairs = 0;
        double total = 0;
        for (int at = 0; at < size; at++) {
            total += prompts[at];
            pairs += (double) prompts[at] * (prompts[at] - 1);
        }
        return total < 2 ? Double.NaN : pairs / (total * (total - 1));
    }

    /** Takes in what another has counted. */
    public void merge(LanguageMix other) {
        for (int at = 0; at < other.size; at++) {
            add(other.codes[at], other.prompts[at]);
        }
    }

    /** The reader knows how many prompts have a language: number of languages, their codes, prompts of each. */
    public void write(BitWriter out, long total) {
        if (total == 0) {
            return;
        }
        out.gamma(size - 1);
        long[] sorted = new long[size];
        int[] more = new int[size];
        for (int at = 0; at < size; at++) {
            sorted[at] = codes[at];
            more[at] = prompts[at] - 1;
        }
        out.sorted(sorted, 0, size, 0, CODES - 1);
        out.split(more, total - size);
    }

    /** Reads what {@code write} wrote. */
    public void read(BitReader in, long total) {
        if (total == 0) {
            return;
        }
        size = 1 + in.gamma(CODES - 1);
        long[] sorted = new long[size];
        in.sorted(sorted, 0, size, 0, CODES - 1);
        codes = new short[size];
        prompts = new int[size];
        in.split(prompts, total - size);
        for (int at = 0; at < size; at++) {
            codes[at] = (short) sorted[at];
            prompts[at]++;
        }
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        return HeapSize.object(12)
                + (codes.length == 0 ? 0 : HeapSize.array(codes.length, 2) + HeapSize.array(codes.length, 4));
    }
}
