package io.stillwatch.campaign.work;

import java.util.Arrays;

/**
 * Which accounts lie near each other in one of {@value #TABLES} orders by the signs of random projections, from look to
 * look: at most {@value #TABLES} times {@value #NEAR} pairs an account, however many accounts there are and however alike.
 *
 * <p>The orders depend on the accounts alone. What is kept of the last look only saves work: keys of accounts that have not
 * changed, and pairs of them that lay near each other before.
 */
final class Neighbours {
    private static final int TABLES = 16;
    private static final int NEAR = 8;

    private final SignKeys[] tables = new SignKeys[TABLES];
    private final int[][] keys = new int[TABLES][];
    private final int[][] positions = new int[TABLES][];

    /** Takes a pair. */
    @FunctionalInterface
    interface PairTaker {
        void take(int one, int other);
    }

    Neighbours(WorkSpace space) {
        for (int table = 0; table < TABLES; table++) {
            tables[table] = new SignKeys(space, table);
        }
        forget();
    }

    /** Forgets the last look. */
    void forget() {
        Arrays.fill(keys, new int[0]);
        Arrays.fill(positions, new int[0]);
    }

    /**
     * Orders the accounts anew.
     *
     * @param before for each account its place at the last look; negative where it has changed since or was not there
     * @param taker takes the pairs that are near now, each once, the lower place first; but for those of which neither has
     *     changed and that were near before
     */
    void order(Points points, int[] before, PairTaker taker) {
        int[][] last = positions.clone();
        int[][] orders = new int[TABLES][];
        for (int table = 0; table < TABLES; table++) {
            orders[table] = order(table, points, before);
        }
        int[] seenWith = new int[points.accounts()];
        Arrays.fill(seenWith, -1);
        for (int one = 0; one < seenWith.length; one++) {
            for (int table = 0; table < TABLES; table++) {
                int[] order = orders[table];
                int position = positions[table][one];
                int end = Math.min(order.length - 1, position + NEAR);
                for (int at = Math.max(0, position - NEAR); at <= end; at++) {
                    int other = order[at];
                    if (other > one && seenWith[other] != one) {
                        seenWith[other] = one;
                        if (!areNear(last, table, before[one], before[other])) {
                            taker.take(one, other);
                        }
                    }
                }
            }
        }
    }

    private int[] order(int table, Points points, int[] before) {
        int[] known = keys[table];
        int[] now = new int[points.accounts()];
        for (int account = 0; account < now.length; account++) {
            int place = before[account];
            now[account] = place >= 0 && place < known.length ? known[place] : tables[table].key(points.at(account));
        }
        int[] order = SignKeys.order(now);
        int[] position = new int[order.length];
        for (int at = 0; at < order.length; at++) {
            position[order[at]] = at;
        }
        keys[table] = now;
        positions[table] = position;
        return order;
    }

    /** Whether two accounts lie near each other in one of the orders. */
    boolean near(int one, int other) {
        return areNear(positions, 0, one, other);
    }

    /** The same for any positions, and places that need not be there; most are near in the table that is looked at first. */
    private static boolean areNear(int[][] positions, int first, int one, int other) {
        if (one < 0 || other < 0 || one >= positions[first].length || other >= positions[first].length) {
            return false;
        }
        for (int at = 0; at < TABLES; at++) {
            int[] position = positions[(first + at) % TABLES];
            if (Math.abs(position[one] - position[other]) <= NEAR) {
                return true;
            }
        }
        return false;
    }
}
