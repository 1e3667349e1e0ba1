package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HabitsTest {
    private static Habits habits(double answerTokens, Marker marker, double share) {
        Map<Marker, Double> shares = new EnumMap<>(Marker.class);
        Habits.TAUGHT.forEach(asked -> shares.put(asked, asked == marker ? share : 0.0));
        return new Habits(answerTokens, 0, shares, Map.of());
    }

    @Property(tries = 200)
    void theyAreReadAsTheyWereWrittenToAStep(
            @ForAll @IntRange(max = 100_000) int tokens,
            @ForAll @IntRange(max = 13) int marker,
            @ForAll @DoubleRange(max = 1) double share) {
        Habits written = habits(tokens, Habits.TAUGHT.get(marker), share);
        StateWriter out = new StateWriter();
        written.write(out);

        Habits read = Habits.read(new StateReader(out.toByteArray()));

        assertThat(read.answerTokens()).isEqualTo(tokens);
        assertThat(read.shares().get(Habits.TAUGHT.get(marker))).isEqualTo(share, within(1 / 510.0 + 1e-9));
        assertThat(out.toByteArray().length).isLessThan(35);
    }

    @Property(tries = 100)
    void formAndPeopleAreReadAsTheyWereWrittenToAStep(
            @ForAll Trait trait,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll @DoubleRange(min = -5, max = 18) double people) {
        StateWriter out = new StateWriter();
        new Habits(0, people, Map.of(), Map.of(trait, share)).write(out);

        Habits read = Habits.read(new StateReader(out.toByteArray()));

        assertThat(read.share(trait)).isEqualTo(share, within(1 / 510.0 + 1e-9));
        assertThat(read.people()).isEqualTo(people, within(23 / 510.0 + 1e-9));
    }

    @Test
    void theChangeOfTheFormIsThatOfTheTraitThatMovedMostUpOrDown() {
        Habits before = new Habits(0, 0, Map.of(), Map.of(Trait.CODE, 0.1, Trait.BORNE_TURNS, 0.8));
        Habits now = new Habits(0, 0, Map.of(), Map.of(Trait.CODE, 0.3, Trait.BORNE_TURNS, 0.2));

        assertThat(now.change(before)).isEqualTo(0.6, within(1e-9));
    }

    @Test
    void theRiseIsThatOfTheMarkerThatRoseMost() {
        assertThat(habits(0, Marker.RUBRIC, 0.4).rise(habits(0, Marker.RUBRIC, 0.1)))
                .isEqualTo(0.3, within(1e-9));
        assertThat(habits(0, Marker.RUBRIC, 0.4).rise(habits(0, Marker.SELF_CHAT, 0.9)))
                .isEqualTo(0.4, within(1e-9));
    }

    @Test
    void answersOfUnknownLengthHaveNotGrown() {
        assertThat(habits(30, Marker.RUBRIC, 0).growth(habits(10, Marker.RUBRIC, 0)))
                .isEqualTo(3, within(1e-9));
        assertThat(habits(30, Marker.RUBRIC, 0).growth(habits(0, Marker.RUBRIC, 0)))
                .isNaN();
        assertThat(habits(0, Marker.RUBRIC, 0).growth(habits(30, Marker.RUBRIC, 0)))
                .isNaN();
    }
}
