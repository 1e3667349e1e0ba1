package io.stillwatch.campaign.work;

/** A group that others may be joined with. Immutable. */
final class SourcePiece {
    final int[] accounts;
    final Source source;

    /** Of its accounts by sampling, sorted. */
    final double[] deviations;

    final double median;

    /** What the squares of its accounts' distances, in units of what sampling adds, come to at most along any line. */
    final double scatter;

    SourcePiece(int[] accounts, Source source, double[] deviations, double scatter) {
        this.accounts = accounts;
        this.source = source;
        this.deviations = deviations;
        this.median = Vectors.middle(deviations);
        this.scatter = scatter;
    }
}
