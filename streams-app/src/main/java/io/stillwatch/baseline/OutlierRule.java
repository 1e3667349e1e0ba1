package io.stillwatch.baseline;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.schema.RequestFingerprint;

/**
 * Which requests are {@linkplain Outliers outliers} of a past, and what each request adds to the sum of the test. A past is
 * frozen, so this is made of it once.
 *
 * @param longAnswers which answers are longer than nearly all of the past's
 * @param rare a bit for each marker of {@link Habits#TAUGHT} that hardly any of the past's prompts carries
 * @param outlierStep what an outlier adds, in {@link Outliers#UNITS}
 * @param usualStep what any other request adds; below 0
 */
record OutlierRule(LongAnswers longAnswers, long rare, long outlierStep, long usualStep) {
    /** What fewer of the past's prompts asked for is an outlier. */
    static final double RARE = 0.02;

    private static final double LEAST_SHARE = 0.005;
    private static final double MOST_SHARE = 0.5;

    static OutlierRule of(Habits past) {
        long rare = 0;
        for (Marker marker : Habits.TAUGHT) {
            rare |= past.share(marker) <= RARE ? marker.bit() : 0;
        }
        double before = usualShare(past);
        return new OutlierRule(
                past.longAnswers(),
                rare,
                step((before + Outliers.MORE) / before),
                step((1 - before - Outliers.MORE) / (1 - before)));
    }

    private static long step(double ratio) {
        return Math.round(Math.log(ratio) * Outliers.UNITS);
    }

    boolean isOutlier(RequestFingerprint request) {
        return longAnswers.isLong(request.getOutputTokens()) || (request.getMarkers() & rare) != 0;
    }

    long step(boolean outlier) {
        return outlier ? outlierStep : usualStep;
    }

    /** At most this share of the past were outliers: their kinds added up, as no more is known of a past. */
    static double usualShare(Habits past) {
        double share = past.longAnswers().share();
        for (Marker marker : Habits.TAUGHT) {
            share += past.share(marker) <= RARE ? past.share(marker) : 0;
        }
        return Math.max(LEAST_SHARE, Math.min(MOST_SHARE, share));
    }
}
