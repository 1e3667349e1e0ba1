package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Features;

/** What an account's requests are like beside their subjects: shares that its own past is compared in. */
enum Trait {
    BORNE_TURNS("borne_turn_share", "follow an earlier turn, as their tokens show"),
    SINGLE_TURNS("single_turn_share", "follow no earlier turn"),
    TEMPLATE("template_concentration", "of all pairs of prompts share a template"),
    INSTRUCTIONS("system_share", "come under instructions"),
    TOOLS("tools_share", "offer tools"),
    CODE("contains_code_share", "contain code"),
    FORMULA("formula_share", "contain formula notation"),
    LINES("multiline_share", "have several lines"),
    TYPED("opens_lower_share", "open with a small letter, as typed by hand"),
    LANGUAGE("language_concentration", "of all pairs of prompts are in one language"),
    SUBJECTS("topic_spread", "of an even spread over all subjects");

    private final String feature;
    private final String words;

    Trait(String feature, String words) {
        this.feature = feature;
        this.words = words;
    }

    /** What follows a share in a sentence. */
    String words() {
        return words;
    }

    /** The share, 0 to 1; 0 where too little is known. */
    double of(Profile profile) {
        double value = Features.named(feature).orElseThrow().of(profile);
        return Double.isNaN(value) ? 0 : Math.max(0, Math.min(1, value));
    }
}
