package io.stillwatch.profile.sketch;

/** Arrays without a place, shared by all sketches that have counted nothing yet: most of an account's do. */
final class Empty {
    static final byte[] BYTES = {};
    static final short[] SHORTS = {};
    static final int[] INTS = {};
    static final long[] LONGS = {};

    private Empty() {}
}
