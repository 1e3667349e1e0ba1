package io.stillwatch.fingerprint;

/**
 * Seedless 64-bit hashing of words and word sequences.
 *
 * <p>Words are hashed while they are scanned, one multiply a character; sequences combine finished word hashes. The
 * values are part of stored fingerprints, so a change here is a new {@link Fingerprinter#VERSION}.
 */
public final class Hash64 {
    /** Hash of nothing; the start of every running hash. */
    public static final long EMPTY = 0x9E3779B97F4A7C15L;

    private static final long CHARACTER = 0x5851F42D4C957F2DL;
    private static final long SEQUENCE = 0xC2B2AE3D27D4EB4FL;

    private Hash64() {}

    static long character(long running, char character) {
        return (running ^ character) * CHARACTER;
    }

    /** Appends a finished hash to a sequence; order matters. */
    public static long append(long running, long hash) {
        return Long.rotateLeft(running ^ hash, 27) * SEQUENCE + 0x165667B19E3779F9L;
    }

    /** Finalises a running hash so that every input bit reaches every output bit (the murmur3 finaliser). */
    public static long finish(long running) {
        long mixed = running;
        mixed ^= mixed >>> 33;
        mixed *= 0xFF51AFD7ED558CCDL;
        mixed ^= mixed >>> 33;
        mixed *= 0xC4CEB9FE1A85EC53L;
        mixed ^= mixed >>> 33;
        return mixed;
    }

    /** Hash of up to sixteen bytes; a shorter run is filled with zeros. */
    static long packed(long head, long tail) {
        long mixed = (head ^ Long.rotateLeft(tail * SEQUENCE, 32)) * EMPTY;
        mixed = (mixed ^ mixed >>> 32) * CHARACTER;
        return mixed ^ mixed >>> 29;
    }

    /** Hash of three hashes in a row, 32 bits. */
    static int triple(long first, long second, long third) {
        return (int) ((first + Long.rotateLeft(second, 21) + Long.rotateLeft(third, 42)) * EMPTY >>> 32);
    }

    /** Hash of a whole string, case and spaces included; 0 is never returned, so 0 can mean "none". */
    public static long of(CharSequence text) {
        long running = EMPTY;
        for (int at = 0; at < text.length(); at++) {
            running = character(running, text.charAt(at));
        }
        long hash = finish(running);
        return hash == 0 ? 1 : hash;
    }
}
