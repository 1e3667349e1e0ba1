package io.stillwatch.profile;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.HeapSize;
import io.stillwatch.schema.RequestFingerprint;

/**
 * Whether different requests of an account come under one event id: the eight ids with the smallest hashes that have come
 * so far, each with what was sent under it last.
 *
 * <p>Where every request has an id of its own none of the eight ever comes again, but for one in 2⁶⁴ requests. Where ids
 * are dealt from a list of N the eight come with 8 requests in N, whatever the order. An id that comes again with the same
 * content is a request sent again, and is left alone.
 */
final class SampledIds {
    private static final int MOST = 8;

    /** Ids by rising hash, and what came under each last. */
    private final long[] ids = new long[MOST];

    private final int[] contents = new int[MOST];
    private int size;

    /** Whether the id came before with other content; keeps it, if it is among the smallest. */
    boolean collides(RequestFingerprint request) {
        long id = Hash64.finish(Hash64.of(request.getEventId()));
        long all = request.getExactHash() * 31 + request.getSystemHash();
        int content = (int) (all ^ all >>> 32);
        int at = 0;
        while (at < size && Long.compareUnsigned(ids[at], id) < 0) {
            at++;
        }
        if (at < size && ids[at] == id) {
            boolean other = contents[at] != content;
            contents[at] = content;
            return other;
        }
        if (at < MOST) {
            size = Math.min(MOST, size + 1);
            System.arraycopy(ids, at, ids, at + 1, size - 1 - at);
            System.arraycopy(contents, at, contents, at + 1, size - 1 - at);
            ids[at] = id;
            contents[at] = content;
        }
        return false;
    }

    void write(StateWriter out) {
        out.writeByte(size);
        for (int at = 0; at < size; at++) {
            out.writeLong(ids[at]);
            out.writeInt(contents[at]);
        }
    }

    void read(StateReader in) {
        size = in.readCount(MOST);
        for (int at = 0; at < size; at++) {
            ids[at] = in.readLong();
            contents[at] = in.readInt();
        }
    }

    long approximateBytes() {
        return HeapSize.object(16) + HeapSize.array(MOST, 8) + HeapSize.array(MOST, 4);
    }
}
