package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Comparisons;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentTest {
    private static final long UNTIL_MS = 10 * Prompts.DAY_MS;

    private final Prompts prompts = new Prompts(8);
    private final double[] subject = prompts.topic();
    private final double[] other = prompts.topic();

    private Enrolment enrolment(long requestsADay) {
        return new Enrolment(
                new Atom(Atom.Kind.ENROLLED, "a", "example prompts", prompts.mean(400, subject)),
                "bank support",
                requestsADay,
                0,
                UNTIL_MS,
                "contract 2211",
                "ann",
                1);
    }

    private Profile day(long fromMs, int requests, double[] topic) {
        Profile profile = new Profile();
        for (int at = 0; at < requests; at++) {
            profile.add(prompts.of("a", fromMs + at * 60_000L, topic));
        }
        return profile;
    }

    private Comparisons comparisons(Enrolment enrolment, String account, Profile profile) {
        Baseline baseline = BaselineFile.bundled();
        return new Reference(baseline, Dictionary.EMPTY)
                .enrolling(Map.of(enrolment.account(), enrolment))
                .of(account, profile, () -> profile, Optional::empty, () -> new EvidenceBasis(new DayLevels(), 0, 0));
    }

    private static double share(Comparisons comparisons) {
        return comparisons.get(Comparisons.Kind.ENROLLED);
    }

    @Test
    void itCoversWhatItsOwnAccountWasExpectedToAskAndNothingElse() {
        Enrolment enrolment = enrolment(500);

        assertThat(share(comparisons(enrolment, "a", day(0, 300, subject)))).isGreaterThan(0.8);
        assertThat(share(comparisons(enrolment, "a", day(0, 300, other)))).isLessThan(0.3);
        assertThat(share(comparisons(enrolment, "b", day(0, 300, subject)))).isZero();
    }

    @Test
    void itVouchesForNothingWhileTheAccountDoesMoreThanWasAgreedOn() {
        Comparisons within = comparisons(enrolment(200), "a", day(0, 300, subject));
        Comparisons beyond = comparisons(enrolment(199), "a", day(0, 300, subject));

        assertThat(share(within)).isPositive();
        assertThat(share(beyond)).isZero();
        assertThat(beyond.words("enrolled_share").orElseThrow())
                .endsWith("which vouches for nothing now: 300 requests a day are more than the 199 agreed on");
    }

    @Test
    void itLapsesByEventTime() {
        Enrolment enrolment = enrolment(500);

        assertThat(share(comparisons(enrolment, "a", day(UNTIL_MS - Prompts.DAY_MS, 300, subject))))
                .isPositive();
        Comparisons lapsed = comparisons(enrolment, "a", day(UNTIL_MS, 300, subject));
        assertThat(share(lapsed)).isZero();
        assertThat(lapsed.words("enrolled_share").orElseThrow()).endsWith("it has lapsed");
    }

    @Test
    void itIsToldInWordsHowMuchItCovers() {
        assertThat(comparisons(enrolment(500), "a", day(0, 300, subject))
                        .words("enrolled_share")
                        .orElseThrow())
                .startsWith("enrolled by ann until 1970-01-11 (bank support, about 500 requests a day): ")
                .contains(" of the prompts are what that covers, ")
                .endsWith(" lie outside");
    }

    @Test
    void itIsReadAsItWasWritten() {
        Enrolment written = enrolment(500);

        Enrolment read = Enrolment.parse("The enrolment", written.text());

        assertThat(read.text()).isEqualTo(written.text());
        assertThat(read.account()).isEqualTo("a");
        assertThat(read.expiresMs()).isEqualTo(UNTIL_MS);
        assertThat(read.by()).isEqualTo("ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e100", "1e999", "-3", "\"NaN\""})
    void oneWhoseMeanIsNoneIsRefusedAsItWouldOutweighAllKits(String component) {
        String text = enrolment(5).text().replaceFirst("\"mean\"\\s*:\\s*\\[[^,]*", "\"mean\":[" + component);

        assertThat(text).contains(component);
        assertThatThrownBy(() -> Enrolment.parse("The enrolment", text))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("mean");
    }

    @Test
    void oneWithoutASubjectOrAVolumeIsRefusedWithASentence() {
        assertThatThrownBy(() -> enrolment(0))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("requests a day above 0");
        assertThatThrownBy(() ->
                        Enrolment.parse("The enrolment", enrolment(5).text().replace("bank support", " ")))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("needs a subject");
    }

    @Test
    void anEnrolmentOfADictionaryVouchesOnItsTermsAlone() {
        Atom asks = new Atom(
                Atom.Kind.ENROLLED,
                "a",
                "clean history of 14 days",
                prompts.mean(400, subject),
                Optional.of(new Terms(200, 0, UNTIL_MS)));
        Dictionary dictionary = DictionaryFile.parse("d.json", DictionaryFile.text(Dictionary.EMPTY.with(asks)));
        Reference reference = new Reference(BaselineFile.bundled(), dictionary);

        assertThat(dictionary.atoms().get(0).terms()).isEqualTo(asks.terms());
        assertThat(share(compared(reference, day(0, 300, subject)))).isPositive();
        assertThat(share(compared(reference, day(0, 301, subject)))).isZero();
        assertThat(share(compared(reference, day(UNTIL_MS, 200, subject)))).isZero();
    }

    private static Comparisons compared(Reference reference, Profile profile) {
        return reference.of(
                "a", profile, () -> profile, Optional::empty, () -> new EvidenceBasis(new DayLevels(), 0, 0));
    }
}
