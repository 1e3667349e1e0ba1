package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which prompts were sent and how often each: everything while they are few, sketches beyond.
 *
 * <p>Always kept are the {@value #SAMPLE} different prompts with the smallest hashes, each with the exact number of times
 * it was sent: a coordinated bottom-k sample (Cohen and Kaplan 2007). Which prompts are in it depends on their hashes
 * alone, so it is a uniform sample of the different prompts, the numbers are exact, and merging in any order gives the
 * same. While the sample is not full it is all there is to know, so the number of different prompts and their
 * concentration are read from it; once it is full both are sketched as well.
 *
 * <p>A prompt is known by 32 bits of its hash. A sampled prompt's number takes in another prompt's with probability n /
 * 2³² among n different prompts: 1 in 4,300 at a million.
 */
public final class Prompts {
    static final int SAMPLE = 32;
    private static final int SKETCH_PRECISION = 9;
    private static final int FIRST_ROOM = 4;

    private int[] hashes = Empty.INTS;
    private int[] times = Empty.INTS;
    private int size;
    private @Nullable Sketches sketches;

    /** What takes the place of a full sample. */
    private record Sketches(DistinctCount distinct, Concentration concentration) {
        Sketches() {
            this(new DistinctCount(SKETCH_PRECISION), new Concentration());
        }

        void add(int hash, int times) {
            distinct.add(hash);
            concentration.addTruncated(hash, times);
        }

        void merge(Sketches other) {
            distinct.merge(other.distinct);
            concentration.merge(other.concentration);
        }
    }

    /** Counts a prompt in, given as the hash of its exact text. */
    public void add(long exactHash) {
        int hash = (int) (exactHash >>> 32);
        if (sketches != null) {
            sketches.add(hash, 1);
        }
        sample(hash, 1);
        if (sketches == null && size == SAMPLE) {
            sketches = sketchOfSample();
        }
    }

    private Sketches sketchOfSample() {
        Sketches all = new Sketches();
        sketchSample(all);
        return all;
    }

    private void sketchSample(Sketches into) {
        for (int at = 0; at < size; at++) {
            into.add(hashes[at], times[at]);
        }
    }

    private void sample(int hash, int more) {
        if (size == SAMPLE && Integer.compareUnsigned(hash, hashes[SAMPLE - 1]) > 0) {
            return;
        }
        int slot = slot(hash);
        if (slot < size && hashes[slot] == hash) {
            times[slot] += more;
            return;
        }
        if (size == hashes.length && size < SAMPLE) {
            int room = Math.min(SAMPLE, Math.max(FIRST_ROOM, size * 2));
            hashes = Arrays.copyOf(hashes, room);
            times = Arrays.copyOf(times, room);
        }
        int moved = Math.min(size, SAMPLE - 1) - slot;
        System.arraycopy(hashes, slot, hashes, slot + 1, moved);
        System.arraycopy(times, slot, times, slot + 1, moved);
        hashes[slot] = hash;
        times[slot] = more;
        size = Math.min(SAMPLE, size + 1);
    }

    /** Where a hash is or belongs, in unsigned order. */
    private int slot(int hash) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(hashes[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Takes in what another has counted. */
    public void merge(Prompts other) {
        if (other.size == 0) {
            return;
        }
        if (sketches == null && (other.sketches != null || fillsUpWith(other))) {
            sketches = sketchOfSample();
        }
        if (sketches != null && other.sketches != null) {
            sketches.merge(other.sketches);
        } else if (sketches != null) {
            other.sketchSample(sketches);
        }
        for (int at = 0; at < other.size; at++) {
            sample(other.hashes[at], other.times[at]);
        }
    }

    /** Whether the union of two samples is full, so that prompts may drop out of it. */
    private boolean fillsUpWith(Prompts other) {
        int union = size;
        for (int at = 0; at < other.size; at++) {
            int slot = slot(other.hashes[at]);
            if (slot == size || hashes[slot] != other.hashes[at]) {
                union++;
            }
        }
        return union >= SAMPLE;
    }

    /** Tells what these prompts have in common with those of others. */
    public void addTo(CommonPrompts common) {
        if (size > 0) {
            common.add(Arrays.copyOf(hashes, size), sketches == null);
        }
    }

    /** Different prompts: exact below {@value #SAMPLE}. */
    public double estimateDistinct() {
        return sketches == null ? size : sketches.distinct.estimate();
    }

    /** Probability that two requests have the same prompt; exact below {@value #SAMPLE} different ones; NaN below two. */
    public double concentration() {
        if (sketches != null) {
            return sketches.concentration.estimate();
        }
        double pairs = 0;
        double total = 0;
        for (int at = 0; at < size; at++) {
            total += times[at];
            pairs += (double) times[at] * (times[at] - 1);
        }
        return total < 2 ? Double.NaN : pairs / (total * (total - 1));
    }

    /** Mean number of times a prompt was sent; NaN when empty. */
    public double meanRepeats() {
        return size == 0 ? Double.NaN : (double) sampledTimes() / size;
    }

    private long sampledTimes() {
        long total = 0;
        for (int at = 0; at < size; at++) {
            total += times[at];
        }
        return total;
    }

    /**
     * Different prompts over prompts sent; NaN when empty.
     *
     * <p>Exact as long as the number of different prompts is. Beyond, there are two estimates: the sampled prompts' mean repeats, which
     * see every different prompt alike, so a few dominant ones may be missing; and the sketched number of different
     * prompts, which sees those as few. When they disagree by more than three standard errors dominant prompts are
     * missing, and the sketch is right; otherwise each is weighted by its inverse variance, so a sample without any
     * repetition gives exactly 1.
     */
    public double novelty(long total) {
        if (size == 0) {
            return Double.NaN;
        }
        double bySample = 1 / meanRepeats();
        if (sketches == null) {
            return bySample;
        }
        DistinctCount distinct = sketches.distinct;
        if (distinct.isExact()) {
            return distinct.estimate() / total;
        }
        double bySketch = Math.min(1, distinct.estimate() / total);
        double sketchVariance = Math.pow(DistinctCount.standardError(SKETCH_PRECISION), 2);
        double sampleVariance = (1 / evenness() - 1) / size;
        if (bySketch < bySample * (1 - 3 * Math.sqrt(sketchVariance + sampleVariance))) {
            return bySketch;
        }
        double weight = sketchVariance / (sketchVariance + sampleVariance);
        return bySample * weight + bySketch * (1 - weight);
    }

    /** Share of the different prompts that were sent more than once; NaN when empty. */
    public double repeatedShare() {
        if (size == 0) {
            return Double.NaN;
        }
        int repeated = 0;
        for (int at = 0; at < size; at++) {
            if (times[at] > 1) {
                repeated++;
            }
        }
        return (double) repeated / size;
    }

    /**
     * How alike the numbers of repeats are: 1 when every prompt was sent equally often, towards 0 when few make up
     * most; 1 / (1 + squared coefficient of variation). NaN when empty.
     */
    public double evenness() {
        if (size == 0) {
            return Double.NaN;
        }
        double mean = meanRepeats();
        double squares = 0;
        for (int at = 0; at < size; at++) {
            squares += (double) times[at] * times[at];
        }
        return mean * mean / (squares / size);
    }

    /** The reader knows how many requests have a prompt: sample size, hashes, times; sketches when the sample is full. */
    public void write(BitWriter out, long total) {
        if (total == 0) {
            return;
        }
        out.below(size - 1, SAMPLE);
        long[] sorted = new long[size];
        int[] repeats = new int[size];
        for (int at = 0; at < size; at++) {
            sorted[at] = hashes[at] & 0xFFFF_FFFFL;
            repeats[at] = times[at] - 1;
        }
        long sampled = total;
        if (size < SAMPLE) {
            out.sorted(sorted, 0, size, 0, 0xFFFF_FFFFL);
        } else {
            // The smallest of many crowd together at the low end.
            out.number(sorted[SAMPLE - 1]);
            out.sorted(sorted, 0, SAMPLE - 1, 0, sorted[SAMPLE - 1] - 1);
            sampled = sampledTimes();
            out.number(sampled - size);
        }
        out.split(repeats, sampled - size);
        if (sketches != null) {
            sketches.distinct.write(out);
            sketches.concentration.write(out, total);
        }
    }

    /** Reads what {@code write} wrote. */
    public void read(BitReader in, long total) {
        if (total == 0) {
            return;
        }
        size = (int) in.below(SAMPLE) + 1;
        long[] sorted = new long[size];
        long repeated = total - size;
        if (size < SAMPLE) {
            in.sorted(sorted, 0, size, 0, 0xFFFF_FFFFL);
        } else {
            sorted[SAMPLE - 1] = in.number(0xFFFF_FFFFL);
            in.sorted(sorted, 0, SAMPLE - 1, 0, sorted[SAMPLE - 1] - 1);
            repeated = in.number(Integer.MAX_VALUE);
        }
        hashes = new int[size];
        times = new int[size];
        in.split(times, repeated);
        for (int at = 0; at < size; at++) {
            hashes[at] = (int) sorted[at];
            times[at]++;
        }
        if (size == SAMPLE) {
            Sketches read = new Sketches();
            read.distinct.read(in);
            read.concentration.read(in, total);
            sketches = read;
        }
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        return HeapSize.object(16)
                + (hashes.length == 0 ? 0 : 2 * HeapSize.array(hashes.length, 4))
                + (sketches == null
                        ? 0
                        : HeapSize.object(8)
                                + sketches.distinct.approximateBytes()
                                + sketches.concentration.approximateBytes());
    }
}
