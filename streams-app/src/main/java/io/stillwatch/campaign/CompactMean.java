package io.stillwatch.campaign;

import io.stillwatch.profile.sketch.PromptMean;

/** The mean of an account's prompts as the index of all accounts holds it: {@link Content#DIMENSIONS} bytes and a scale. */
final class CompactMean {
    /** Of no prompts. */
    static final CompactMean NONE = new CompactMean(new byte[Content.DIMENSIONS], 0, 0);

    private static final int STEPS = 127;

    private final byte[] components;
    private final float scale;
    private final float prompts;

    private CompactMean(byte[] components, float scale, float prompts) {
        this.components = components;
        this.scale = scale;
        this.prompts = prompts;
    }

    /** Rounds to a 254th of the largest component, far less than what sampling adds. */
    static CompactMean of(PromptMean mean) {
        double largest = 0;
        for (int d = 0; d < Content.DIMENSIONS; d++) {
            largest = Math.max(largest, Math.abs(mean.at(d)));
        }
        byte[] components = new byte[Content.DIMENSIONS];
        for (int d = 0; d < Content.DIMENSIONS; d++) {
            components[d] = (byte) Math.round(largest == 0 ? 0 : mean.at(d) / largest * STEPS);
        }
        return new CompactMean(components, (float) (largest / STEPS), mean.prompts());
    }

    double at(int dimension) {
        return components[dimension] * (double) scale;
    }

    double prompts() {
        return prompts;
    }
}
