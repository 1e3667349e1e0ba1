package io.stillwatch.profile.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.profile.Profile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class VouchedTest {
    private static double vouched(double enrolled, double kits) {
        Comparisons comparisons = kind -> switch (kind) {
            case ENROLLED -> enrolled;
            case KITS -> kits;
            default -> Double.NaN;
        };
        return PeopleEvidence.of(new Subject(new Profile(), comparisons)).vouched();
    }

    @Test
    void anEnrolledAccountThatAsksWhatItDidIsVouchedForWholly() {
        assertThat(vouched(0.6, 0.05)).isEqualTo(6);
    }

    @Test
    void anEnrolmentDoesNotCoverWhatItDoesNotHold() {
        assertThat(vouched(0.25, 0.0)).isZero();
        assertThat(vouched(0.4, 0.0)).isEqualTo(3, within(1e-9));
    }

    @Test
    void anEnrolmentDoesNotCoverKnownKits() {
        assertThat(vouched(0.7, 0.25)).isZero();
    }

    @Test
    void nobodyVouchesForWhomNothingIsKnown() {
        assertThat(vouched(Double.NaN, Double.NaN)).isZero();
        assertThat(vouched(0, 0)).isZero();
    }

    @Property
    void moreOfTheEnrolmentNeverVouchesLess(
            @ForAll @DoubleRange(max = 1) double one,
            @ForAll @DoubleRange(max = 1) double other,
            @ForAll @DoubleRange(max = 1) double kits) {
        assertThat(vouched(Math.max(one, other), kits)).isGreaterThanOrEqualTo(vouched(Math.min(one, other), kits));
        assertThat(vouched(one, kits)).isBetween(0.0, 6.0);
    }
}
