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
     * @param taker takes the pairs that are near now, but for those of which neither has changed and that were near before;
     *     some more than once
     */
    void order(Points points, int[] before, PairTaker taker) {
        for (int table = 0; table < TABLES; table++) {
            order(table, points, before, taker);
        }
    }

    private void order(int table, Points points, int[] before, PairTaker taker) {
        int[] known = keys[table];
        int[] now = new int[points.accounts()];
        for (int account = 0; account < now.length; account++) {
            now[account] =
                    isKnown(before[account], known) ? known[before[account]] : tables[table].key(points.at(account));
        }
        int[] order = SignKeys.order(now);
        int[] was = new int[order.length];
        for (int at = 0; at < order.length; at++) {
            int place = before[order[at]];
            was[at] = isKnown(place, known) ? positions[table][place] : -1;
        }
        for (int at = 0; at < order.length; at++) {
            for (int next = at + 1; next < order.length && next <= at + NEAR; next++) {
                if (was[at] < 0 || was[next] < 0 || Math.abs(was[next] - was[at]) > NEAR) {
                    taker.take(Math.min(order[at], order[next]), Math.max(order[at], order[next]));
                }
            }
        }
        int[] at = was;
        for (int position = 0; position < order.length; position++) {
            at[order[position]] = position;
        }
        keys[table] = now;
        positions[table] = at;
    }

    private static boolean isKnown(int place, int[] known) {
        return place >= 0 && place < known.length;
    }

    /** Whether two accounts lie near each other in one of the orders. */
    boolean near(int one, int other) {
        for (int[] position : positions) {
            if (Math.abs(position[one] - position[other]) <= NEAR) {
                return true;
            }
        }
        return false;
    }
}
