package io.stillwatch.account;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.RequestFingerprint;
import java.util.Arrays;

/**
 * The event ids of one account in one clock hour, as 32-bit hashes: open addressing, 0 marks a free slot.
 *
 * <p>A new id is taken for a seen one with probability n / 2³² after n ids: one in 430,000 at 10,000 requests an hour,
 * one in 16,384 at the {@value #MOST} that are remembered at most. What comes after those is not remembered, so a
 * repetition of it would count twice; the caller is told.
 *
 * <p>Ids are written once: every {@value #CHUNK} of them make a chunk that never changes, the rest lies in the account's
 * record.
 */
public final class SeenIds {
    static final long SLOT_MS = 10_000;

    /** Ids in a chunk. */
    static final int CHUNK = 512;

    /** Ids remembered of an hour at most: 73 requests a second, 1 MiB stored, 2 MiB in memory. */
    static final int MOST = 1 << 18;

    private static final int FEWEST_SLOTS = 8;

    private int[] slots = new int[FEWEST_SLOTS];
    private int size;

    /** Ids in the order they came, from the first one that is in no chunk yet. */
    private int[] loose = new int[4];

    private int looseCount;
    private int chunks;
    private int chunksLoaded;
    private long shelf;

    /** What became of an id. */
    enum Outcome {
        NEW,
        REPEATED,
        /** New, but there is no room to remember it. */
        FORGOTTEN
    }

    /**
     * What a repetition has in common with the record before it: the id, what was sent, and the time to ten seconds. The id
     * alone is no evidence, as on many gateways the caller chooses it.
     *
     * @param slots ten-second slots later than the request's own; -1 to 1 to find one at the edge of its slot
     */
    static int hash(RequestFingerprint request, int slots) {
        long slot = Math.floorDiv(request.getEventTime(), SLOT_MS) + slots;
        long content = request.getExactHash() * 31 + request.getSystemHash();
        long key = Hash64.append(Hash64.append(Hash64.of(request.getEventId()), content), slot);
        int hash = (int) (Hash64.finish(key) >>> 32);
        return hash == 0 ? 1 : hash;
    }

    boolean contains(int hash) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            if (slots[slot] == hash) {
                return true;
            }
        }
        return false;
    }

    Outcome add(int hash) {
        if (size >= MOST) {
            return contains(hash) ? Outcome.REPEATED : Outcome.FORGOTTEN;
        }
        if (!insert(hash)) {
            return Outcome.REPEATED;
        }
        if (looseCount == loose.length) {
            loose = Arrays.copyOf(loose, looseCount * 2);
        }
        loose[looseCount++] = hash;
        return Outcome.NEW;
    }

    private boolean insert(int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = hash;
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        int[] old = slots;
        slots = new int[old.length * 2];
        size = 0;
        for (int hash : old) {
            if (hash != 0) {
                insert(hash);
            }
        }
    }

    int size() {
        return size;
    }

    /** Chunks written so far; they are numbered from 0. */
    int chunks() {
        return chunks;
    }

    boolean hasFullChunk() {
        return looseCount >= CHUNK;
    }

    /** Where the chunks are stored; meaningful once there is one. See {@link PaneIndex}. */
    long shelf() {
        return shelf;
    }

    /**
     * Takes the next full chunk out of the loose ids; the caller stores it.
     *
     * @param now the partition's hour, which is where all chunks go if this is the first
     */
    byte[] takeChunk(long now) {
        if (chunks == 0) {
            shelf = now;
        }
        StateWriter out = new StateWriter();
        for (int at = 0; at < CHUNK; at++) {
            out.writeInt(loose[at]);
        }
        looseCount -= CHUNK;
        System.arraycopy(loose, CHUNK, loose, 0, looseCount);
        chunks++;
        chunksLoaded++;
        return out.toByteArray();
    }

    /** Number of the next stored chunk to load; {@link #chunks} when all are here. */
    int chunksLoaded() {
        return chunksLoaded;
    }

    /** Takes the next stored chunk to be empty, as it could not be found. */
    void skip() {
        chunksLoaded++;
    }

    /** Takes in the next stored chunk. */
    void load(byte[] chunk) {
        chunksLoaded++;
        StateReader in = new StateReader(chunk);
        for (int at = 0; at < CHUNK; at++) {
            insert(in.readInt());
        }
    }

    /** Number of chunks, their shelf when there are any, number of loose ids, then those. */
    void write(StateWriter out) {
        out.writeUnsigned(chunks);
        if (chunks > 0) {
            out.writeSigned(shelf);
        }
        out.writeUnsigned(looseCount);
        for (int at = 0; at < looseCount; at++) {
            out.writeInt(loose[at]);
        }
    }

    /** Reads what {@link #write} wrote; the chunks are still to be loaded. */
    static SeenIds read(StateReader in) {
        SeenIds seen = new SeenIds();
        seen.chunks = in.readCount(MOST / CHUNK);
        if (seen.chunks > 0) {
            seen.shelf = in.readSigned();
        }
        seen.looseCount = in.readCount(MOST);
        int[] loose = new int[Math.max(4, seen.looseCount)];
        for (int at = 0; at < seen.looseCount; at++) {
            int hash = in.readInt();
            if (hash == 0) {
                throw new CorruptStateException("an event id's hash is 0, which marks a free slot");
            }
            loose[at] = hash;
            seen.insert(hash);
        }
        seen.loose = loose;
        return seen;
    }

    long approximateBytes() {
        return 80 + 4L * (slots.length + loose.length);
    }
}
