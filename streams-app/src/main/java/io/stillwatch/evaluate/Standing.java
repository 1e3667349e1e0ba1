package io.stillwatch.evaluate;

import java.util.Locale;

/** Where accounts stand, in words. */
public final class Standing {
    private Standing() {}

    /** Who stands above a threshold of {@link AccountResult#standing}. */
    public static String above(double threshold) {
        double step = AccountResult.TIER_STEP;
        int tier = (int) Math.max(0, Math.min(2, Math.round(threshold / step)));
        String nearness = String.format(Locale.ROOT, "nearness above %+.3f", threshold - step * tier);
        return switch (tier) {
            case 0 -> nearness;
            case 1 -> "any alert and " + nearness + ", or an alert above low";
            default -> "an alert above low and " + nearness;
        };
    }
}
