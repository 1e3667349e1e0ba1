package io.stillwatch.campaign.work;

/**
 * Where an account's prompts lie in a {@link WorkSpace}, as the index of all accounts holds it: a byte an axis. Immutable.
 */
public final class Work {
    private static final int STEPS = 127;

    private final byte[] components;
    private final float scale;
    private final float noise;

    /** Rounds to a 254th of the largest component, less than what sampling adds. */
    Work(double[] point, double noise) {
        double largest = 0;
        for (double component : point) {
            largest = Math.max(largest, Math.abs(component));
        }
        components = new byte[point.length];
        for (int axis = 0; axis < point.length; axis++) {
            components[axis] = (byte) Math.round(largest == 0 ? 0 : point[axis] / largest * STEPS);
        }
        this.scale = (float) (largest / STEPS);
        this.noise = (float) noise;
    }

    double at(int axis) {
        return components[axis] * (double) scale;
    }

    /** Squared error of each component, in units of the variance of one prompt: above 0, the less the more prompts. */
    double noise() {
        return noise;
    }
}
