package io.stillwatch.fingerprint;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.security.SecureRandom;
import java.util.function.ToLongFunction;

/**
 * Hashes of system instructions met lately: many requests bring the same ones, and knowing them again costs a tenth of
 * reading them. Only saves time; what is asked for is the same with it and without.
 *
 * <p>Instructions are known again by 128 bits of XXH3, with a random seed for every instance: two that were not made for it
 * are taken for one with a chance below 10⁻³⁰, and who made two would gain what sending the same ones gives as well. Takes
 * 384 KiB, however long they are. Not thread-safe.
 */
final class SystemHashes {
    static final int SLOTS = 1 << 14;

    private final ToLongFunction<String> hash;
    private final Hasher128 identity = Hashing.xxh3_128(new SecureRandom().nextLong());

    /** Both halves of the identity and the hash of what was last met in each slot. */
    private final long[] slots = new long[3 * SLOTS];

    /** @param hash what to remember; the same for the same text */
    SystemHashes(ToLongFunction<String> hash) {
        this.hash = hash;
    }

    /** The hash of instructions. */
    long of(String text) {
        HashValue128 id = identity.hashCharsTo128Bits(text);
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        int slot = 3 * (int) (low & SLOTS - 1);
        if (slots[slot] != high || slots[slot + 1] != low) {
            slots[slot] = high;
            slots[slot + 1] = low;
            slots[slot + 2] = hash.applyAsLong(text);
        }
        return slots[slot + 2];
    }
}
