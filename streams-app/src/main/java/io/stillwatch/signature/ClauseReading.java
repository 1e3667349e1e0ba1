package io.stillwatch.signature;

/**
 * One comparison of a condition with the values of one entity in it.
 *
 * @param text the comparison as it is written
 * @param value what its left side comes to, or the side that is no constant; NaN when it has no value
 * @param threshold what the other side comes to; NaN when it has no value
 * @param holds whether the comparison, negated where the condition negates it, holds
 * @param margin how far from its edge it is: at least 0 when it holds; -1 to 1
 * @param isAlternative whether it stands under an "or", so that the condition may hold without it
 */
public record ClauseReading(
        String text, double value, double threshold, boolean holds, double margin, boolean isAlternative) {}
