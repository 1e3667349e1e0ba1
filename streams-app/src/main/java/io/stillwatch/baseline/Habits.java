package io.stillwatch.baseline;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.Count;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.Sum;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an account asks for beside its subjects, and how long the answers are: what its own past is compared in when its
 * subjects have moved. Shares are kept to a 255th, as a byte each.
 *
 * @param answerTokens mean length of the answers whose length is known; 0 where none is
 * @param shares of the prompts that carry each of the {@link #ASKED} markers, 0 to 1
 */
record Habits(double answerTokens, Map<Marker, Double> shares) {
    /** What harvests ask for and few products do; in the order of the stored format. */
    static final List<Marker> ASKED = List.of(
            Marker.ASKS_REASONING,
            Marker.ASKS_RATIONALE,
            Marker.RUBRIC,
            Marker.COMPARES_ANSWERS,
            Marker.WRITES_TASKS,
            Marker.REWRITES_PROMPT,
            Marker.ANSWER_OPTIONS,
            Marker.SELF_CHAT,
            Marker.NEUTRAL_REWRITE);

    private static final int STEPS = 255;

    Habits {
        shares = Map.copyOf(shares);
    }

    /** Reads them from a profile. */
    static Habits of(Profile profile) {
        double prompts = Math.max(1, profile.count(Count.WITH_PROMPT));
        Map<Marker, Double> shares = new EnumMap<>(Marker.class);
        for (Marker marker : ASKED) {
            shares.put(marker, profile.marked(marker) / prompts);
        }
        int answers = profile.count(Count.OUTPUT_KNOWN);
        return new Habits(answers == 0 ? 0 : (double) profile.sum(Sum.OUTPUT_TOKENS) / answers, shares);
    }

    private double share(Marker marker) {
        return shares.getOrDefault(marker, 0.0);
    }

    /** The largest rise of a marker's share over an earlier time's, -1 to 1. */
    double rise(Habits before) {
        return ASKED.stream()
                .mapToDouble(marker -> share(marker) - before.share(marker))
                .max()
                .orElseThrow();
    }

    /** Length of the answers over an earlier time's; NaN where either is unknown. */
    double growth(Habits before) {
        return answerTokens > 0 && before.answerTokens > 0 ? answerTokens / before.answerTokens : Double.NaN;
    }

    void write(StateWriter out) {
        out.writeUnsigned(Math.round(answerTokens));
        for (Marker marker : ASKED) {
            out.writeByte((int) Math.round(share(marker) * STEPS));
        }
    }

    static Habits read(StateReader in) {
        double answerTokens = in.readUnsigned();
        Map<Marker, Double> shares = new EnumMap<>(Marker.class);
        for (Marker marker : ASKED) {
            shares.put(marker, (double) (in.readByte() & 0xff) / STEPS);
        }
        return new Habits(answerTokens, shares);
    }
}
