package io.stillwatch.campaign.work;

import java.util.Arrays;
import java.util.List;

/**
 * Leaves out sources that cannot explain an account as well as one that is known to, by how far they lie from it: all sources
 * at once, some axes after the others, in single precision, so that the processor takes several at a time. It leaves out
 * none that could, so what is chosen does not depend on it.
 */
final class Screen {
    /** Axes added up at a time. */
    private static final int AT_ONCE = 4;

    /** More than rounding to single precision can be off by. */
    private static final double SLACK = 1.001;

    private static final float LEAST_SLACK = 1e-3F;

    /** By axis, source. */
    private final float[][] means;

    /** The largest squared error of each source's place along an axis. */
    private final float[] errors;

    private final float[] apart;
    private final int[] passed;

    Screen(List<Source> sources, int axes) {
        means = new float[axes / AT_ONCE * AT_ONCE][sources.size()];
        errors = new float[sources.size()];
        apart = new float[sources.size()];
        passed = new int[sources.size()];
        for (int source = 0; source < errors.length; source++) {
            for (int axis = 0; axis < means.length; axis++) {
                means[axis][source] = (float) sources.get(source).mean(axis);
                errors[source] =
                        Math.max(errors[source], (float) sources.get(source).error(axis));
            }
        }
    }

    /**
     * Compares an account with the sources.
     *
     * @param most what the squares of all axes may come to ({@link Source#mostSquares})
     * @param noise of the account
     * @return how many sources may explain it; which ones says {@link #passed}
     */
    int compare(double[] point, double most, double noise) {
        Arrays.fill(apart, 0);
        for (int axis = 0; axis < means.length; axis += AT_ONCE) {
            add(
                    means[axis],
                    (float) point[axis],
                    means[axis + 1],
                    (float) point[axis + 1],
                    means[axis + 2],
                    (float) point[axis + 2],
                    means[axis + 3],
                    (float) point[axis + 3]);
        }
        float ofError = (float) (SLACK * most);
        float ofNoise = (float) (SLACK * most * noise) + LEAST_SLACK;
        for (int source = 0; source < apart.length; source++) {
            apart[source] -= ofError * errors[source] + ofNoise;
        }
        int size = 0;
        for (int source = 0; source < apart.length; source++) {
            if (apart[source] <= 0) {
                passed[size++] = source;
            }
        }
        return size;
    }

    /** The source that came through as the first, second and so on, from 0. */
    int passed(int next) {
        return passed[next];
    }

    private void add(float[] first, float x, float[] second, float y, float[] third, float z, float[] fourth, float w) {
        for (int source = 0; source < apart.length; source++) {
            float dx = first[source] - x;
            float dy = second[source] - y;
            float dz = third[source] - z;
            float dw = fourth[source] - w;
            apart[source] += dx * dx + dy * dy + (dz * dz + dw * dw);
        }
    }
}
