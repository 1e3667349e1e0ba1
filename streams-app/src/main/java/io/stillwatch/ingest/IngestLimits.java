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
    /** 32 MiB a record, 256 MiB a batch. */
    public static final IngestLimits DEFAULT = new IngestLimits(32 << 20, 256 << 20);

    private static final int SMALLEST = 1_000;
    private static final int LARGEST = 1 << 30;

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
}
