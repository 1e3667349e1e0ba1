package io.stillwatch.ingest;

/**
 * How much of the input may be in memory at once. Longer records are rejected while they stream past, without being
 * held.
 *
 * @param maxRecordBytes longest record (a line, an element of a JSON array), decompressed bytes, at least 1 kB
 * @param maxBatchBytes longest line or block that holds many requests (an OTLP line, a block of an Avro file),
 *     decompressed bytes, at least {@code maxRecordBytes}
 */
public record IngestLimits(int maxRecordBytes, int maxBatchBytes) {
    private static final int SMALLEST = 1_000;
    private static final int LARGEST = 1 << 30;
    private static final int LONGEST_RECORD = 32 << 20;
    private static final int LONGEST_BATCH = 256 << 20;

    /** A batch is held twice while it is read, and what is made of it is longer. */
    private static final int HEAP_SHARE = 8;

    /** 32 MiB a record; a batch of 256 MiB, or an eighth of the heap where that is less. */
    public static final IngestLimits DEFAULT = ofHeap(Runtime.getRuntime().maxMemory());

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public IngestLimits {
        if (maxRecordBytes < SMALLEST || maxBatchBytes < maxRecordBytes || maxBatchBytes > LARGEST) {
            throw new IllegalArgumentException("Limits must satisfy " + SMALLEST + " <= maxRecordBytes ("
                    + maxRecordBytes + ") <= maxBatchBytes (" + maxBatchBytes + ") <= " + LARGEST + ".");
        }
    }

    static IngestLimits ofHeap(long heapBytes) {
        int batch = (int) Math.max(SMALLEST, Math.min(LONGEST_BATCH, heapBytes / HEAP_SHARE));
        return new IngestLimits(Math.min(LONGEST_RECORD, batch), batch);
    }
}
