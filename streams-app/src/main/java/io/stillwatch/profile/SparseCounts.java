package io.stillwatch.profile;

/** The encoding of up to 64 counters: a word of presence bits, then the counters that are not zero. */
final class SparseCounts {
    private SparseCounts() {}

    static void write(StateWriter out, long[] counts) {
        long present = 0;
        for (int at = 0; at < counts.length; at++) {
            if (counts[at] != 0) {
                present |= 1L << at;
            }
        }
        // Many counters set: the plain word is shorter than its variable-length form.
        out.writeByte(Long.bitCount(present) > 40 ? 1 : 0);
        if (Long.bitCount(present) > 40) {
            out.writeLong(present);
        } else {
            out.writeUnsigned(present);
        }
        for (long count : counts) {
            if (count != 0) {
                out.writeUnsigned(count);
            }
        }
    }

    static void read(StateReader in, long[] counts) {
        long present = in.readByte() == 1 ? in.readLong() : in.readUnsigned();
        for (int at = 0; at < counts.length; at++) {
            counts[at] = (present & 1L << at) == 0 ? 0 : in.readUnsigned();
        }
    }
}
