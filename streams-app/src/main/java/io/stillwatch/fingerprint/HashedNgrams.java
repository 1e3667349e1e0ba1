package io.stillwatch.fingerprint;

/**
 * Vectors for what no vocabulary reaches: other scripts, ideographs, identifiers, noise. Every run of two or three
 * characters has a pseudo-random direction of its own, so texts are alike in so far as they share such runs, whatever
 * the language. (Weinberger et al., Feature Hashing for Large Scale Multitask Learning, ICML 2009; the directions are
 * the random projection of Achlioptas, 2003.)
 *
 * <p>There are {@link #BUCKETS} directions, so two different runs share one with a probability of 1/4096; two unequal
 * directions have a cosine of 0 with a standard deviation of 1/sqrt(128) = 0.09.
 */
final class HashedNgrams {
    /** Number of directions. */
    static final int BUCKETS = 1 << 12;

    /** Fixes the directions; changing it changes every embedding that uses them. */
    private static final long SEED = 0x5354494C4C574154L;

    private HashedNgrams() {}

    /**
     * The components of a direction: each is plus or minus {@code amplitude}.
     *
     * @param bucket 0 to {@link #BUCKETS} - 1
     */
    static byte[] direction(int bucket, int dimensions, int amplitude) {
        byte[] direction = new byte[dimensions];
        long bits = 0;
        for (int i = 0; i < dimensions; i++) {
            if (i % Long.SIZE == 0) {
                bits = Mixing.mix(SEED + bucket, i);
            }
            direction[i] = (byte) ((bits >>> i & 1) == 0 ? amplitude : -amplitude);
        }
        return direction;
    }

    /**
     * Writes the buckets of the word's runs of two and three characters, or of its only character, and returns how many
     * there are: fewer than twice the word's length.
     */
    static int buckets(Word word, int[] target) {
        char[] characters = word.characters();
        int length = word.length();
        if (length == 1) {
            target[0] = bucket(characters[0]);
            return 1;
        }
        int count = 0;
        long run = characters[0];
        for (int i = 1; i < length; i++) {
            run = run << 16 | characters[i];
            target[count++] = bucket(run & 0xFFFF_FFFFL);
            if (i > 1) {
                target[count++] = bucket(run & 0xFFFF_FFFF_FFFFL);
            }
        }
        return count;
    }

    /** The bucket of one character, or of several put side by side in 16 or 21 bits each. */
    static int bucket(long run) {
        return (int) (Mixing.mix(run) >>> (Long.SIZE - Integer.numberOfTrailingZeros(BUCKETS)));
    }
}
