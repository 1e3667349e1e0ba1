package io.stillwatch.campaign;

/** How likely it is that accounts have a second thing in common by chance. */
final class Coincidence {
    private Coincidence() {}

    /**
     * An upper bound of the probability that so many of some accounts have a key which each has with a given probability,
     * as a natural logarithm: the tail of the binomial distribution (Chernoff 1952; Hoeffding 1963, theorem 1).
     *
     * @param having accounts that have the key
     * @param accounts accounts looked at, at least as many
     * @param probability that an account has it, more than 0 and less than 1
     */
    static double logOfAtLeast(int having, int accounts, double probability) {
        double share = (double) having / accounts;
        if (share <= probability) {
            return 0;
        }
        double divergence = share * Math.log(share / probability);
        if (share < 1) {
            divergence += (1 - share) * Math.log((1 - share) / (1 - probability));
        }
        return -accounts * divergence;
    }
}
