package io.stillwatch.campaign.work;

import io.stillwatch.fingerprint.Hash64;
import java.util.Arrays;

/**
 * One order of accounts by the signs of random projections of their work: accounts whose work points the same way share
 * the beginning of their key, the longer the more alike they are (Charikar 2002).
 */
final class SignKeys {
    private static final int BITS = 30;

    /** The axes that one projection adds up: enough to mix, few enough to be quick. */
    private static final int MIXED = 12;

    private final int[][] axes = new int[BITS][MIXED];
    private final double[][] weights = new double[BITS][MIXED];

    /**
     * @param table which of the orders: each projects differently, always the same
     */
    SignKeys(WorkSpace space, int table) {
        for (int bit = 0; bit < BITS; bit++) {
            for (int at = 0; at < MIXED; at++) {
                long hash = Hash64.finish((((long) table << 16) + bit << 16) + at + 1);
                int axis = (int) Long.remainderUnsigned(hash >>> 1, space.axes());
                axes[bit][at] = axis;
                // Axes along which accounts differ less than twenty prompts scatter say little.
                double telling = Math.sqrt(space.between(axis) / (space.between(axis) + 0.05));
                weights[bit][at] = (hash & 1) == 0 ? telling : -telling;
            }
        }
    }

    /** The key of an account that lies there. */
    int key(double[] point) {
        int key = 0;
        for (int bit = 0; bit < BITS; bit++) {
            double projection = 0;
            for (int at = 0; at < MIXED; at++) {
                projection += weights[bit][at] * point[axes[bit][at]];
            }
            key = key << 1 | (projection > 0 ? 1 : 0);
        }
        return key;
    }

    /** All accounts, sorted by their keys; equal ones by place. */
    static int[] order(int[] keys) {
        long[] keyed = new long[keys.length];
        for (int account = 0; account < keyed.length; account++) {
            keyed[account] = (long) keys[account] << Integer.SIZE | account;
        }
        Arrays.sort(keyed);
        int[] order = new int[keyed.length];
        for (int at = 0; at < order.length; at++) {
            order[at] = (int) keyed[at];
        }
        return order;
    }
}
