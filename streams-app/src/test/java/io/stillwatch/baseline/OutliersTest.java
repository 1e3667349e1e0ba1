package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.Ties;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.feature.Comparisons.Kind;
import io.stillwatch.schema.RequestFingerprint;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutliersTest {
    private final Prompts prompts = new Prompts(7);
    private final double[] usual = prompts.topic();
    private final double[] other = prompts.topic();
    private final OwnBaseline past = past(new Random(1));

    /** Answers of 80 to 125 tokens, one in fifty of 400, one grade in a hundred, a role in ten. */
    private OwnBaseline past(Random random) {
        Profile profile = new Profile();
        for (int at = 0; at < 400; at++) {
            RequestFingerprint request = prompts.of("a", at, usual);
            request.setOutputTokens(at % 50 == 0 ? 400 : 80 + random.nextInt(46));
            request.setMarkers((at % 100 == 1 ? Marker.RUBRIC.bit() : 0) | (at % 10 == 2 ? Marker.ROLE_PLAY.bit() : 0));
            profile.add(request);
        }
        return new OwnBaseline(prompts.mean(200, usual), prompts.mean(200, usual), Habits.of(profile), 0).asStored();
    }

    private RequestFingerprint ordinary() {
        RequestFingerprint request = prompts.of("a", 1_000, usual);
        request.setOutputTokens(100);
        return request;
    }

    private RequestFingerprint outlier() {
        RequestFingerprint request = prompts.of("a", 2_000, other);
        request.setOutputTokens(600);
        request.setMarkers(Marker.ASKS_REASONING.bit() | Marker.WRITES_CODE.bit());
        return request;
    }

    private Outliers after(List<Boolean> requests) {
        Outliers outliers = new Outliers();
        requests.forEach(outlier -> outliers.add(past, outlier ? outlier() : ordinary(), Ties.NONE));
        return outliers;
    }

    private List<Boolean> draws(long seed, int number, double share) {
        Random random = new Random(seed);
        return IntStream.range(0, number)
                .mapToObj(at -> random.nextDouble() < share)
                .toList();
    }

    private static byte[] bytes(Outliers outliers) {
        StateWriter out = new StateWriter();
        outliers.write(out);
        return out.toByteArray();
    }

    private double highest(long seed, int number, double share) {
        Outliers outliers = new Outliers();
        double highest = 0;
        for (boolean outlier : draws(seed, number, share)) {
            outliers.add(past, outlier ? outlier() : ordinary(), Ties.NONE);
            highest = Math.max(highest, outliers.evidence());
        }
        return highest;
    }

    @Test
    void anOutlierHasALongAnswerOrAsksForWhatThePastRarelyAsked() {
        Habits habits = past.habits();
        RequestFingerprint graded = ordinary();
        graded.setMarkers(Marker.RUBRIC.bit());
        RequestFingerprint roles = ordinary();
        roles.setMarkers(Marker.ROLE_PLAY.bit());
        RequestFingerprint lengthy = ordinary();
        lengthy.setOutputTokens(400);
        RequestFingerprint unknown = ordinary();
        unknown.setOutputTokens(-1);

        assertThat(OutlierRule.of(habits).isOutlier(graded)).isTrue();
        assertThat(OutlierRule.of(habits).isOutlier(lengthy)).isTrue();
        assertThat(OutlierRule.of(habits).isOutlier(roles)).isFalse();
        assertThat(OutlierRule.of(habits).isOutlier(ordinary())).isFalse();
        assertThat(OutlierRule.of(habits).isOutlier(unknown)).isFalse();
        assertThat(OutlierRule.usualShare(habits)).isBetween(0.03, 0.045);
    }

    @Property(tries = 60)
    void aTenthThatTurnedAddsUpWithinAWeekOfAHundredRequestsADay(@ForAll @IntRange(max = 100_000) int seed) {
        assertThat(highest(seed, 700, 0.13)).isGreaterThan(5);
    }

    @Property(tries = 60)
    void asManyAsInThePastDoNotAddUp(@ForAll @IntRange(max = 100_000) int seed) {
        assertThat(highest(seed, 3_000, 0.03)).isLessThan(5);
    }

    @Property(tries = 100)
    void whatIsReadAgainGoesOnToTheSameBytes(@ForAll @Size(max = 400) List<Boolean> first, @ForAll boolean next) {
        Outliers written = after(first);
        Outliers read = Outliers.read(new StateReader(bytes(written)));

        assertThat(bytes(read)).isEqualTo(bytes(written));
        RequestFingerprint request = next ? outlier() : ordinary();
        written.add(past, request, Ties.NONE);
        read.add(past, request, Ties.NONE);
        assertThat(bytes(read)).isEqualTo(bytes(written));
    }

    @Property(tries = 40)
    void itIsBoundedHoweverManyRequestsCome(
            @ForAll @IntRange(max = 100_000) int seed, @ForAll @DoubleRange(max = 1) double share) {
        Outliers outliers = after(draws(seed, 2_000, share));

        assertThat(outliers.evidence()).isBetween(0.0, Outliers.MOST_NATS / Math.log(10) + 1e-9);
        assertThat(outliers.sample().outliers()).isBetween(0, 2 * Outliers.HALF);
        assertThat(bytes(outliers).length).isLessThan(500);
    }

    @Property(tries = 60)
    void whatTheCallerWritesForFreeChangesNothing(@ForAll @Size(min = 1, max = 60) List<Boolean> requests) {
        Outliers plain = new Outliers();
        Outliers dressed = new Outliers();
        for (boolean outlier : requests) {
            RequestFingerprint request = outlier ? outlier() : ordinary();
            plain.add(past, request, Ties.NONE);
            request.setModel("another");
            request.setSystemHash(77);
            request.setEndUserHash(78);
            request.setConversationHash(79);
            request.setTurn(4);
            request.setMessages(9);
            request.setStream(true);
            request.setTemperature(0.0);
            request.setMaxTokens(5);
            request.setTools(3);
            request.setN(4);
            dressed.add(past, request, Ties.NONE);
        }

        assertThat(bytes(dressed)).isEqualTo(bytes(plain));
    }

    @Test
    void aTurnThatItsTokensBearOutIsNoOutlierAndOneThatTheyContradictIs() {
        Ties.Products none = new Ties.Products(0, 0);
        for (Ties.Turn turn : Ties.Turn.values()) {
            Outliers outliers = new Outliers();
            outliers.add(past, outlier(), new Ties(none, none, none, none, turn, false, false));

            assertThat(outliers.isEmpty())
                    .as(turn.name())
                    .isEqualTo(turn == Ties.Turn.BORNE_OUT || turn == Ties.Turn.PLAUSIBLE);
        }
    }

    @Test
    void aRunThatIsOverIsForgottenAndTakesAByte() {
        Outliers outliers = after(draws(3, 300, 0.3));
        assertThat(outliers.isEmpty()).isFalse();
        for (int at = 0; at < 600; at++) {
            outliers.add(past, ordinary(), Ties.NONE);
        }

        assertThat(outliers.isEmpty()).isTrue();
        assertThat(bytes(outliers)).hasSize(1);
    }

    @Test
    void whatIsNewIsToldInWordsBesideWhatWas() {
        Outliers outliers = after(draws(5, 500, 0.2));
        Profile now = new Profile();
        now.add(ordinary());
        OutlierComparison comparison = new OutlierComparison(new Reference.Change(past, now, outliers, List::of));

        assertThat(comparison.get(Kind.OUTLIER_SOUGHT, Optional.empty())).isGreaterThan(0.9);
        assertThat(comparison.get(Kind.OUTLIER_CODE, Optional.empty())).isGreaterThan(0.9);
        assertThat(comparison.get(Kind.OUTLIER_ANSWERS, Optional.empty())).isGreaterThan(5);
        assertThat(comparison.get(Kind.OUTLIER_KITS, Optional.empty())).isNaN();
        assertThat(comparison.words("outlier_share").orElseThrow())
                .matches(
                        "\\d+ % of its \\d+ requests since 1970-01-01T00:00Z are such as it hardly sent before \\(\\d %\\)");
        assertThat(comparison.words("outlier_sought"))
                .hasValue("of these, 100 % ask for reasoning to be written out (0 % before)");
        assertThat(comparison.words("outlier_answers").orElseThrow()).contains("600 tokens on average");
    }

    @Test
    void withoutARunNothingIsSaid() {
        Profile now = new Profile();
        now.add(ordinary());
        OutlierComparison comparison = new OutlierComparison(new Reference.Change(past, now, new Outliers(), List::of));

        assertThat(comparison.get(Kind.OUTLIER_EVIDENCE, Optional.empty())).isZero();
        assertThat(comparison.get(Kind.OUTLIERS, Optional.empty())).isZero();
        assertThat(comparison.get(Kind.OUTLIER_SHARE, Optional.empty())).isNaN();
        assertThat(comparison.get(Kind.OUTLIER_SOUGHT, Optional.empty())).isNaN();
        assertThat(comparison.words("outlier_share")).isEmpty();
    }

    @Test
    void bytesThatCannotBeARunAreRefused() {
        StateWriter out = new StateWriter();
        out.writeUnsigned(3);
        out.writeUnsigned(4);
        out.writeUnsigned(9);
        out.writeSigned(0);

        assertThatThrownBy(() -> Outliers.read(new StateReader(out.toByteArray())))
                .isInstanceOf(CorruptStateException.class);
    }

    @Property(tries = 200)
    void atMostTheRareShareOfAnswersIsLonger(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 9_000) Integer> tokens) {
        io.stillwatch.profile.sketch.LogHistogram lengths = new io.stillwatch.profile.sketch.LogHistogram();
        tokens.forEach(lengths::add);
        LongAnswers answers = LongAnswers.of(lengths);

        long longer = tokens.stream().filter(answers::isLong).count();
        assertThat((double) longer).isLessThanOrEqualTo(LongAnswers.RARE * tokens.size());
        assertThat(answers.share()).isGreaterThanOrEqualTo((double) longer / tokens.size());
        StateWriter out = new StateWriter();
        answers.write(out);
        assertThat(LongAnswers.read(new StateReader(out.toByteArray()))).isEqualTo(answers);
    }
}
