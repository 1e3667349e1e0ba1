package io.stillwatch.account;

/**
 * How a request came round to the partition where its account is.
 *
 * @param partition number of the partition that it was on before
 * @param partitions that there were
 */
public record Detour(int partition, int partitions) {
    private static final int MOST_PARTITIONS = 100_000;

    /**
     * Of a partition that there was.
     *
     * @throws IllegalArgumentException where there was not
     */
    public Detour {
        if (partition < 0 || partition >= partitions || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException("There is no partition " + partition + " of " + partitions + ".");
        }
    }
}
