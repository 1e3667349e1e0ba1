package io.stillwatch.baseline;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.Count;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.Sum;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What an account asks for beside its subjects, in what form, how long the answers are, and how far people show behind it:
 * what its own past is compared in when its subjects have moved. Shares are kept to a 255th, as a byte each.
 *
 * @param answerTokens mean length of the answers whose length is known; 0 where none is
 * @param people evidence of people behind it; see the feature people_evidence
 * @param shares of the prompts that carry each of the {@link #TAUGHT} markers, 0 to 1
 * @param form shares of the requests, or of pairs of them, that have each trait, 0 to 1
 * @param longAnswers which answers are longer than nearly all
 */
record Habits(
        double answerTokens,
        double people,
        Map<Marker, Double> shares,
        Map<Trait, Double> form,
        LongAnswers longAnswers) {
    /** What harvests ask for and few products do. */
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

    /** What models are taught with, in the order of the stored format. */
    static final List<Marker> TAUGHT = Stream.concat(
                    ASKED.stream(),
                    Stream.of(
                            Marker.WRITES_CODE,
                            Marker.CALLS_TOOLS,
                            Marker.ROLE_PLAY,
                            Marker.FORMULA,
                            Marker.GIVES_ANSWER))
            .toList();

    private static final int STEPS = 255;

    /** Answers of a token or two would double by rounding alone. */
    private static final int PARTS_OF_A_TOKEN = 16;

    /** The range of people_evidence. */
    private static final double LEAST_PEOPLE = -5;

    private static final double MOST_PEOPLE = 18;

    private static final Feature PEOPLE = Features.named("people_evidence").orElseThrow();

    Habits {
        shares = Map.copyOf(shares);
        form = Map.copyOf(form);
    }

    /** Habits without answers to tell the length of. */
    Habits(double answerTokens, double people, Map<Marker, Double> shares, Map<Trait, Double> form) {
        this(answerTokens, people, shares, form, LongAnswers.NONE);
    }

    /** Reads them from a profile. */
    static Habits of(Profile profile) {
        double prompts = Math.max(1, profile.count(Count.WITH_PROMPT));
        Map<Trait, Double> form = new EnumMap<>(Trait.class);
        for (Trait trait : Trait.values()) {
            form.put(trait, trait.of(profile));
        }
        int answers = profile.count(Count.OUTPUT_KNOWN);
        return new Habits(
                answers == 0 ? 0 : (double) profile.sum(Sum.OUTPUT_TOKENS) / answers,
                Math.max(LEAST_PEOPLE, Math.min(MOST_PEOPLE, PEOPLE.of(profile))),
                byMarker(marker -> profile.marked(marker) / prompts),
                form,
                LongAnswers.of(profile.answerTokens()));
    }

    private static Map<Marker, Double> byMarker(ToDoubleFunction<Marker> share) {
        Map<Marker, Double> shares = new EnumMap<>(Marker.class);
        for (Marker marker : TAUGHT) {
            shares.put(marker, share.applyAsDouble(marker));
        }
        return shares;
    }

    double share(Marker marker) {
        return shares.getOrDefault(marker, 0.0);
    }

    double share(Trait trait) {
        return form.getOrDefault(trait, 0.0);
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

    /** The largest change of a trait's share, up or down, since an earlier time; 0 to 1. */
    double change(Habits before) {
        double most = 0;
        for (Trait trait : Trait.values()) {
            most = Math.max(most, Math.abs(share(trait) - before.share(trait)));
        }
        return most;
    }

    void write(StateWriter out) {
        out.writeUnsigned(Math.round(answerTokens * PARTS_OF_A_TOKEN));
        writeShare(out, (people - LEAST_PEOPLE) / (MOST_PEOPLE - LEAST_PEOPLE));
        TAUGHT.forEach(marker -> writeShare(out, share(marker)));
        for (Trait trait : Trait.values()) {
            writeShare(out, share(trait));
        }
        longAnswers.write(out);
    }

    private static void writeShare(StateWriter out, double share) {
        out.writeByte((int) Math.round(share * STEPS));
    }

    static Habits read(StateReader in) {
        double answerTokens = in.readUnsigned() / (double) PARTS_OF_A_TOKEN;
        double people = LEAST_PEOPLE + readShare(in) * (MOST_PEOPLE - LEAST_PEOPLE);
        Map<Marker, Double> shares = byMarker(marker -> readShare(in));
        Map<Trait, Double> form = new EnumMap<>(Trait.class);
        for (Trait trait : Trait.values()) {
            form.put(trait, readShare(in));
        }
        return new Habits(answerTokens, people, shares, form, LongAnswers.read(in));
    }

    private static double readShare(StateReader in) {
        return (double) (in.readByte() & 0xff) / STEPS;
    }
}
