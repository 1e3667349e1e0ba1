package io.stillwatch.profile.sketch;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import java.util.Arrays;

/**
 * Requests to each model, and how long its answers were: the number of those whose length is known and the sum of their
 * levels, which are the buckets of {@link LogHistogram}. Sums of whole numbers, so exact in any order.
 *
 * <p>A model is known by its name's hash, cut to {@value #CODES} codes, so two models of an account are taken for one with
 * a probability of 0.3 %. Takes memory for the models seen only.
 */
public final class ModelMix {
    static final int CODES = 1_024;

    /** The first code in use: formats of a profile before version 5 shared the codes with languages. */
    private static final int FIRST = 26 * 26;

    private short[] codes = Empty.SHORTS;
    private int[] requests = Empty.INTS;
    private int[] answers = Empty.INTS;
    private long[] levels = Empty.LONGS;
    private int size;

    /** What stands for a model. */
    public static short code(String model) {
        return code(Hash64.of(model));
    }

    private static short code(long hash) {
        return (short) (FIRST + Long.remainderUnsigned(hash, CODES - FIRST));
    }

    /**
     * Counts a request.
     *
     * @param hash of the model's name
     * @param answerLevel of the answer's length; below 0 when that is unknown
     */
    public void add(long hash, int answerLevel) {
        int slot = slot(code(hash));
        requests[slot]++;
        if (answerLevel >= 0) {
            answers[slot]++;
            levels[slot] += answerLevel;
        }
    }

    private int slot(short code) {
        int found = size == 0 ? -1 : Arrays.binarySearch(codes, 0, size, code);
        if (found >= 0) {
            return found;
        }
        if (size == codes.length) {
            int room = Math.max(1, size * 2);
            codes = Arrays.copyOf(codes, room);
            requests = Arrays.copyOf(requests, room);
            answers = Arrays.copyOf(answers, room);
            levels = Arrays.copyOf(levels, room);
        }
        int insert = -found - 1;
        System.arraycopy(codes, insert, codes, insert + 1, size - insert);
        System.arraycopy(requests, insert, requests, insert + 1, size - insert);
        System.arraycopy(answers, insert, answers, insert + 1, size - insert);
        System.arraycopy(levels, insert, levels, insert + 1, size - insert);
        codes[insert] = code;
        requests[insert] = 0;
        answers[insert] = 0;
        levels[insert] = 0;
        size++;
        return insert;
    }

    private void allocate(int models) {
        codes = new short[models];
        requests = new int[models];
        answers = new int[models];
        levels = new long[models];
    }

    /** Takes the answers of one model. */
    public interface Reader {
        /**
         * Called once a model.
         *
         * @param answers whose length is known; may be 0
         * @param levels their sum
         */
        void model(short code, long answers, long levels);
    }

    /** Reads what {@code write} wrote. */
    public void read(Reader reader) {
        for (int at = 0; at < size; at++) {
            reader.model(codes[at], answers[at], levels[at]);
        }
    }

    /** Requests that name a model. */
    public long total() {
        long total = 0;
        for (int at = 0; at < size; at++) {
            total += requests[at];
        }
        return total;
    }

    /** Requests to models of which another mix, that counts all of these too, has no more: models new to it. */
    public long newIn(ModelMix wider) {
        long fresh = 0;
        for (int at = 0; at < size; at++) {
            int slot = wider.size == 0 ? -1 : Arrays.binarySearch(wider.codes, 0, wider.size, codes[at]);
            if (slot >= 0 && wider.requests[slot] <= requests[at]) {
                fresh += requests[at];
            }
        }
        return fresh;
    }

    /** Takes in what another has counted. */
    public void merge(ModelMix other) {
        for (int at = 0; at < other.size; at++) {
            int slot = slot(other.codes[at]);
            requests[slot] += other.requests[at];
            answers[slot] += other.answers[at];
            levels[slot] += other.levels[at];
        }
    }

    /** The reader knows how many requests name a model: models, their codes, requests of each; then each one's answers. */
    public void write(BitWriter out, long total) {
        if (total == 0) {
            return;
        }
        out.gamma(size - 1);
        long[] sorted = new long[size];
        int[] more = new int[size];
        for (int at = 0; at < size; at++) {
            sorted[at] = codes[at];
            more[at] = requests[at] - 1;
        }
        out.sorted(sorted, 0, size, 0, CODES - 1);
        out.split(more, total - size);
        for (int at = 0; at < size; at++) {
            out.part(answers[at], requests[at]);
            if (answers[at] > 0) {
                out.number(levels[at]);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public void read(BitReader in, long total) {
        if (total == 0) {
            return;
        }
        size = 1 + in.gamma(CODES - 1);
        allocate(size);
        long[] sorted = new long[size];
        in.sorted(sorted, 0, size, 0, CODES - 1);
        in.split(requests, total - size);
        for (int at = 0; at < size; at++) {
            codes[at] = (short) sorted[at];
            requests[at]++;
        }
        for (int at = 0; at < size; at++) {
            answers[at] = (int) in.part(requests[at]);
            levels[at] = answers[at] > 0 ? in.number() : 0;
        }
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        return HeapSize.object(20)
                + (codes.length == 0
                        ? 0
                        : HeapSize.array(codes.length, 2)
                                + 2 * HeapSize.array(codes.length, 4)
                                + HeapSize.array(codes.length, 8));
    }
}
