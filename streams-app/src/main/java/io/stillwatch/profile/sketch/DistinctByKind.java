package io.stillwatch.profile.sketch;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The company that an entity keeps: how many different ones it has of each {@link Kind}.
 *
 * <p>Most accounts have one or two of each, so the keys of all kinds lie in one sorted array; a kind gets a sketch of its
 * own once it has more than {@value #MOST_KEYS}. The errors are those of a {@link DistinctCount} of precision
 * {@value #PRECISION}: none up to {@value #MOST_KEYS}, then 9.5 % at one standard error.
 */
public final class DistinctByKind {
    /** What is counted. The position in this list is part of the stored encoding; new ones go to the end. */
    public enum Kind {
        SHINGLES,
        SYSTEMS,
        TOOL_SETS,
        CONVERSATIONS,
        END_USERS,
        API_KEYS,
        MODELS,
        NETWORKS,
        CLIENTS;

        private static final int NUMBER = values().length;

        @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
        private int position() {
            return ordinal();
        }
    }

    private static final int PRECISION = 6;
    private static final int KEY_BITS = DistinctCount.keyBits(PRECISION);
    private static final int KEY_MASK = (1 << KEY_BITS) - 1;
    private static final int MOST_KEYS = DistinctCount.sparseLimit(PRECISION);

    /** Kind above cut hash, ascending. */
    private int[] few = Empty.INTS;

    private short size;

    /** By kind, for kinds that no longer have few; null while no kind has many. */
    private @Nullable DistinctCount @Nullable [] many;

    /** Counts a value in, given as its hash. */
    public void add(Kind kind, long key) {
        addCut(kind.position(), (int) (Hash64.finish(key) >>> Long.SIZE - KEY_BITS));
    }

    private void addCut(int kind, int cut) {
        DistinctCount own = own(kind);
        if (own != null) {
            own.addCut(cut);
            return;
        }
        int entry = kind << KEY_BITS | cut;
        int slot = find(entry);
        if (slot >= 0) {
            return;
        }
        if (start(kind + 1) - start(kind) == MOST_KEYS) {
            split(kind).addCut(cut);
        } else {
            insert(-slot - 1, entry);
        }
    }

    /** The sketch of a kind that has many; null while it has few. */
    private @Nullable DistinctCount own(int kind) {
        return many == null ? null : many[kind];
    }

    private int find(int entry) {
        return size == 0 ? -1 : Arrays.binarySearch(few, 0, size, entry);
    }

    /** Where the keys of a kind begin. */
    private int start(int kind) {
        int slot = find(kind << KEY_BITS);
        return slot < 0 ? -slot - 1 : slot;
    }

    private void insert(int slot, int entry) {
        if (size == few.length) {
            few = Arrays.copyOf(few, Math.max(4, size + size / 2));
        }
        System.arraycopy(few, slot, few, slot + 1, size - slot);
        few[slot] = entry;
        size++;
    }

    /** Gives a kind a sketch of its own. */
    private DistinctCount split(int kind) {
        if (many == null) {
            many = new DistinctCount[Kind.NUMBER];
        }
        DistinctCount own = new DistinctCount(PRECISION);
        many[kind] = own;
        int from = start(kind);
        int to = start(kind + 1);
        for (int at = from; at < to; at++) {
            own.addCut(few[at] & KEY_MASK);
        }
        if (to > from) {
            System.arraycopy(few, to, few, from, size - to);
            size = (short) (size - (to - from));
        }
        return own;
    }

    /** Different ones of a kind; exact up to {@value #MOST_KEYS}. */
    public double estimate(Kind kind) {
        int position = kind.position();
        DistinctCount own = own(position);
        return own != null ? own.estimate() : start(position + 1) - start(position);
    }

    /** Takes in what another has counted. */
    public void merge(DistinctByKind other) {
        for (int kind = 0; kind < Kind.NUMBER; kind++) {
            DistinctCount others = other.own(kind);
            if (others != null) {
                DistinctCount own = own(kind);
                (own != null ? own : split(kind)).merge(others);
            }
        }
        for (int at = 0; at < other.size; at++) {
            addCut(other.few[at] >>> KEY_BITS, other.few[at] & KEY_MASK);
        }
    }

    /** A bit whether any kind has many, if so a bit for each and the sketches; then how many keys there are, and these. */
    public void write(BitWriter out) {
        out.flag(many != null);
        for (int kind = 0; many != null && kind < Kind.NUMBER; kind++) {
            DistinctCount own = many[kind];
            out.flag(own != null);
            if (own != null) {
                own.write(out);
            }
        }
        out.gamma(size);
        long[] sorted = new long[size];
        for (int at = 0; at < size; at++) {
            sorted[at] = few[at];
        }
        out.sorted(sorted, 0, size, 0, ((long) Kind.NUMBER << KEY_BITS) - 1);
    }

    /** Reads what {@code write} wrote. */
    public void read(BitReader in) {
        if (in.flag()) {
            many = new DistinctCount[Kind.NUMBER];
            for (int kind = 0; kind < Kind.NUMBER; kind++) {
                if (in.flag()) {
                    DistinctCount own = new DistinctCount(PRECISION);
                    own.read(in);
                    many[kind] = own;
                }
            }
        }
        size = (short) in.gamma(Kind.NUMBER * MOST_KEYS);
        long[] sorted = new long[size];
        in.sorted(sorted, 0, size, 0, ((long) Kind.NUMBER << KEY_BITS) - 1);
        few = size == 0 ? Empty.INTS : new int[size];
        for (int at = 0; at < size; at++) {
            few[at] = (int) sorted[at];
        }
        for (int kind = 0; kind < Kind.NUMBER; kind++) {
            int keys = start(kind + 1) - start(kind);
            if (keys > (own(kind) != null ? 0 : MOST_KEYS)) {
                throw new CorruptStateException("a distinct count holds more keys than it can");
            }
        }
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        long bytes = HeapSize.object(10) + (few.length == 0 ? 0 : HeapSize.array(few.length, 4));
        if (many != null) {
            bytes += HeapSize.array(Kind.NUMBER, 4);
            for (DistinctCount count : many) {
                bytes += count == null ? 0 : count.approximateBytes();
            }
        }
        return bytes;
    }
}
