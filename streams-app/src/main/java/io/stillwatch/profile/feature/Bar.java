package io.stillwatch.profile.feature;

/**
 * What a baseline asks of a signature beyond its condition, so that honest accounts stay within the error budget.
 *
 * @param measure what has to be large enough
 * @param least the least that counts, 0 to 1; 0 asks for nothing
 */
public record Bar(Measure measure, double least) {
    /** How strongly a signature holds: two readings of it, each 0 to 1 where it holds. */
    public enum Measure {
        /** How far inside the condition lies: its nearest clause decides. */
        MARGIN,
        /** The signature's score. */
        SCORE
    }

    public Bar {
        if (!(least >= 0 && least <= 1)) {
            throw new IllegalArgumentException("a bar lies between 0 and 1, not at " + least);
        }
    }

    /** Whether a signature that holds does so strongly enough. */
    public boolean passes(double margin, double score) {
        return (measure == Measure.MARGIN ? margin : score) >= least;
    }
}
