package io.stillwatch.baseline;

import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.Strand;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.profile.feature.Subject;
import java.util.List;
import java.util.OptionalInt;

/**
 * How much a day of an account looks like the day of a harvest: the number of traits that hold, of the account as a whole
 * or of the strand in which most hold. Each says little, and honest accounts have them too; how often they have how many
 * is what {@link Evidence} learns.
 */
public final class DayTraits {
    /** Levels there are, from no trait to all of them. */
    public static final int LEVELS = 9;

    /** Requests of a day, or of a strand's day, below which there is nothing to tell. */
    public static final int LEAST_REQUESTS = 8;

    private static final Feature NOVELTY = feature("prompt_novelty");
    private static final Feature SINGLE_TURN = feature("single_turn_share");
    private static final Feature SYSTEM = feature("system_share");
    private static final Feature END_USERS = feature("end_user_share");
    private static final Feature TOOLS = feature("tools_share");
    private static final Feature STREAM = feature("stream_share");
    private static final Feature ROOM = feature("limit_large_share");
    private static final Feature SIMILARITY = feature("similarity");
    private static final Feature TEMPLATES = feature("template_concentration");
    private static final Feature HOURS = feature("hours_of_day");

    private DayTraits() {}

    private static Feature feature(String name) {
        return Features.named(name).orElseThrow();
    }

    /**
     * The level of a day.
     *
     * @param usual lengths of answers
     * @return empty below {@value #LEAST_REQUESTS} requests
     */
    public static OptionalInt level(StrandedProfile day, AnswerLengths usual) {
        if (day.requests() < LEAST_REQUESTS) {
            return OptionalInt.empty();
        }
        int most = traits(day.whole(), usual);
        for (Strand strand : Strand.values()) {
            most = Math.max(
                    most,
                    day.strand(strand)
                            .filter(part -> part.requests() >= LEAST_REQUESTS)
                            .map(part -> traits(part, usual))
                            .orElse(0));
        }
        return OptionalInt.of(most);
    }

    private static int traits(Profile profile, AnswerLengths usual) {
        Subject subject = Subject.alone(profile);
        return (int) List.of(
                        // Nothing is sent twice.
                        NOVELTY.of(subject) >= 0.97,
                        // No answer is taken up.
                        SINGLE_TURN.of(subject) >= 0.95,
                        // No product stands around it.
                        SYSTEM.of(subject) <= 0.05 && END_USERS.of(subject) <= 0.02 && TOOLS.of(subject) <= 0.05,
                        // Nobody reads along.
                        STREAM.of(subject) <= 0.05,
                        // Long answers are wanted, and come.
                        ROOM.of(subject) >= 0.5,
                        usual.ratio(profile) >= 1.25,
                        // It is about anything.
                        SIMILARITY.of(subject) <= 0.25 && !(TEMPLATES.of(subject) > 0.5),
                        // It does not sleep.
                        HOURS.of(subject) >= 14)
                .stream()
                .filter(holds -> holds)
                .count();
    }
}
