package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.chance.Chance;

/**
 * Things that come back, such as common questions, products or documents: the popular ones often, the rest now and then.
 *
 * @param seed of the collection
 * @param count how many there are, at least 1
 */
record Popular(long seed, int count) {
    /** Draws that make the same thing each time the same rank is drawn. */
    Chance pick(Chance chance) {
        return of(chance.zipf(count));
    }

    /** Draws that make the thing of that rank. */
    Chance of(int rank) {
        return new Chance(Chance.seed(seed, rank));
    }
}
