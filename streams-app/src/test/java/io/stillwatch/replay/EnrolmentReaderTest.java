package io.stillwatch.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.topology.control.LiveEnrolments;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What commands say of enrolments is what a pipeline makes of them. */
class EnrolmentReaderTest {
    private static final PromptMean MEAN =
            BaselineFile.bundled().general().get(0).mean();

    private static Enrolment enrolment(String account, long addedMs) {
        return new Enrolment(
                new Atom(Atom.Kind.ENROLLED, account, "example prompts", MEAN),
                "bank support",
                100,
                0,
                Long.MAX_VALUE,
                "contract",
                "ann",
                addedMs);
    }

    private static byte[] bytes(Enrolment enrolment) {
        return enrolment.text().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aRecordThatVouchesForNobodyIsNamedWithWhyAndCanSoBeRevoked() {
        EnrolmentReader.Published published = EnrolmentReader.of(Map.of(
                "a",
                bytes(enrolment("a", 1)),
                "b",
                bytes(enrolment("c", 1)),
                "d",
                new byte[] {1, 2},
                "e",
                new byte[100_000]));

        assertThat(published.inEffect()).containsOnlyKeys("a");
        assertThat(published.idle()).containsOnlyKeys("b", "d", "e");
        assertThat(published.idle()).containsEntry("b", "it is another account's");
        assertThat(published.holds("d")).isTrue();
        assertThat(published.holds("c")).isFalse();
    }

    @Test
    void oneForWhichThereIsNoRoomIsKnownToBeNotInEffectBeforeItIsWritten() {
        Map<String, Enrolment> readable = new HashMap<>();
        for (int number = 0; number < LiveEnrolments.MOST; number++) {
            readable.put("account-" + number, enrolment("account-" + number, 1));
        }
        EnrolmentReader.Published full = EnrolmentReader.Published.of(readable, Map.of());

        assertThat(full.with(enrolment("account-7", 2)).whyNot(enrolment("account-7", 2)))
                .isEmpty();
        Enrolment late = enrolment("late", 2);
        assertThat(full.with(late).whyNot(late))
                .hasValueSatisfying(why -> assertThat(why).contains("20,000 that were added before it"));
    }

    @Test
    void oneThatSomebodyChangedOrRevokedMeanwhileIsNotInEffect() {
        EnrolmentReader.Published published = EnrolmentReader.of(Map.of("a", bytes(enrolment("a", 1))));

        assertThat(published.whyNot(enrolment("a", 1))).isEmpty();
        assertThat(published.whyNot(enrolment("a", 2))).contains("somebody has changed it since");
        assertThat(published.whyNot(enrolment("b", 1))).contains("somebody has revoked it since");
    }

    @Test
    void oneThatIsTooLongForAPipelineIsKnownToBe() {
        Enrolment longest = enrolment("a".repeat(1_001), 1);

        assertThat(EnrolmentReader.of(Map.of()).with(longest).whyNot(longest))
                .contains("it is longer than an enrolment can be");
    }
}
