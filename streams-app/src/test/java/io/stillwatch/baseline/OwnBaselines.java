package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.PromptMean;

/** Frozen baselines for tests that ask for means alone. */
public final class OwnBaselines {
    private OwnBaselines() {}

    /** One that asked for nothing. */
    public static OwnBaseline of(PromptMean earlier, PromptMean later, long untilHour) {
        return new OwnBaseline(earlier, later, Habits.of(new Profile()), untilHour).asStored();
    }
}
