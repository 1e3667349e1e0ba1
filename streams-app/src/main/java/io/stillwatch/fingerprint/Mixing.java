package io.stillwatch.fingerprint;

/**
 * Hashing of what is already a number. The finaliser is that of SplitMix64 (Steele, Lea, Flood: Fast splittable
 * pseudorandom number generators, OOPSLA 2014).
 */
final class Mixing {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Mixing() {}

    static long mix(long value) {
        long mixed = value + GOLDEN_GAMMA;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    static long mix(long first, long second) {
        return mix(first ^ Long.rotateLeft(second * GOLDEN_GAMMA, 29));
    }

    static long mix(char[] characters, int length) {
        long hash = length;
        for (int i = 0; i < length; i++) {
            hash = mix(hash ^ characters[i]);
        }
        return hash;
    }
}
