package io.stillwatch.profile.sketch;

/**
 * Estimates of heap, in bytes, for a 64-bit JVM with compressed references: a header of 12 bytes, 4 a reference, all
 * rounded up to 8. Other JVMs differ; nothing is measured.
 */
public final class HeapSize {
    private static final int OBJECT_HEADER = 12;
    private static final int ARRAY_HEADER = 16;

    private HeapSize() {}

    /** Heap of an object with so many bytes of fields. */
    public static long object(int fieldBytes) {
        return aligned(OBJECT_HEADER + fieldBytes);
    }

    /** Heap of an array. */
    public static long array(int length, int elementBytes) {
        return aligned(ARRAY_HEADER + (long) length * elementBytes);
    }

    private static long aligned(long bytes) {
        return bytes + 7 & ~7L;
    }
}
