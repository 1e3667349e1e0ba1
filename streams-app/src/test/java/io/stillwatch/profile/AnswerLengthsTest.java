package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.profile.sketch.LogHistogram;
import io.stillwatch.schema.RequestFingerprint;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswerLengthsTest {
    private static final int TERSE = 64;
    private static final int WORDY = 2_048;

    private long seed;

    private Profile answered(String model, int requests, int tokens) {
        Profile profile = new Profile();
        for (int at = 0; at < requests; at++) {
            RequestFingerprint request = AnyFingerprint.of(++seed);
            request.setModel(model);
            request.setOutputTokens(tokens);
            profile.add(request);
        }
        return profile;
    }

    private AnswerLengths learned() {
        AnswerLengths.Learner learner = new AnswerLengths.Learner(200);
        for (int account = 0; account < 10; account++) {
            Profile whole = answered("terse", 40, TERSE);
            whole.merge(answered("wordy", 40, WORDY));
            learner.account(whole);
        }
        return learner.learned(List.of("terse", "wordy", "never-asked"));
    }

    @Test
    void aModelThatAnswersAtLengthMakesNoAccountLong() {
        AnswerLengths usual = learned();

        assertThat(usual.ratio(answered("wordy", 100, WORDY))).isCloseTo(1, within(1e-9));
        assertThat(usual.ratio(answered("terse", 100, TERSE))).isCloseTo(1, within(1e-9));
        assertThat(usual.ratio(answered("terse", 100, WORDY))).isCloseTo(32, within(1e-6));
        assertThat(usual.ratio(answered("wordy", 100, TERSE))).isCloseTo(1 / 32.0, within(1e-6));
    }

    @Test
    void theMixOfModelsIsTheAccountsOwn() {
        Profile mixed = answered("wordy", 300, WORDY);
        mixed.merge(answered("terse", 100, TERSE));

        assertThat(learned().ratio(mixed)).isCloseTo(1, within(1e-9));
    }

    @Test
    void anUnknownModelIsMeasuredByAllModelsTogether() {
        // Between 2^6 and 2^11 on a logarithmic scale.
        assertThat(learned().ratio(answered("new", 100, WORDY))).isCloseTo(Math.pow(2, 2.5), within(0.01));
        assertThat(learned().ratio(answered(null, 100, WORDY))).isCloseTo(Math.pow(2, 2.5), within(0.01));
    }

    @Test
    void noAccountDecidesAloneWhatIsUsual() {
        AnswerLengths.Learner learner = new AnswerLengths.Learner(200);
        for (int account = 0; account < 9; account++) {
            learner.account(answered("model", 200, TERSE));
        }
        learner.account(answered("model", 20_000, WORDY));

        assertThat(learner.learned(List.of("model")).byModel().get("model"))
                .isCloseTo(LogHistogram.numberAt(0.9 * 13 + 0.1 * 23), within(0.01));
    }

    @Test
    void fewAnswersOrNoBaselineGiveNoValue() {
        assertThat(learned().ratio(answered("terse", 15, TERSE))).isNaN();
        assertThat(AnswerLengths.NONE.ratio(answered("terse", 100, TERSE))).isNaN();
        assertThat(new AnswerLengths.Learner(200).learned(List.of()).isEmpty()).isTrue();
    }

    @Test
    void aModelWithFewAnswersIsNotToldFromTheRest() {
        AnswerLengths.Learner learner = new AnswerLengths.Learner(200);
        learner.account(answered("often", 100, TERSE));
        learner.account(answered("seldom", 20, WORDY));

        assertThat(learner.learned(List.of("often", "seldom")).byModel())
                .isEqualTo(new TreeMap<>(learner.learned(List.of("often")).byModel()));
    }

    @Test
    void theLengthsOutliveStorage() {
        Profile stored = ProfileCodec.decode(ProfileCodec.encode(answered("terse", 100, WORDY)));

        assertThat(learned().ratio(stored)).isCloseTo(32, within(1e-6));
    }
}
