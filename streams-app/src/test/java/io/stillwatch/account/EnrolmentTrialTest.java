package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.baseline.Reference;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.Profile;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.signature.BankSupport;
import io.stillwatch.topology.PipelineOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnrolmentTrialTest {
    private static final long START_MS = 1_790_000_000_000L;
    private static final long MINUTE_MS = 60_000;
    private final Fingerprinter fingerprinter = new Fingerprinter();

    private RequestFingerprint request(String account, int number) {
        RequestEvent event = new RequestEvent();
        event.setEventId(account + number);
        event.setAccountId(account);
        event.setEventTime(START_MS + number * MINUTE_MS);
        event.setPrompt(BankSupport.prompt(number));
        return fingerprinter.fingerprint(event);
    }

    private EnrolmentTrial trial(long requestsADay, int requests) {
        Profile examples = new Profile();
        for (int number = 10_000; number < 10_200; number++) {
            examples.add(request("a", number));
        }
        Enrolment enrolment = new Enrolment(
                new Atom(
                        Atom.Kind.ENROLLED,
                        "a",
                        "example prompts",
                        examples.promptMean().orElseThrow()),
                "bank support",
                requestsADay,
                0,
                Long.MAX_VALUE,
                "contract 2211",
                "ann",
                START_MS);
        PipelineOptions options = PipelineOptions.defaults(1, "");
        EnrolmentTrial trial = new EnrolmentTrial(
                options.accountRules(),
                options.quietTime(),
                1,
                BankSupport.SIGNATURES,
                Reference.bundled(),
                Reference.bundled().enrolling(Map.of("a", enrolment)),
                enrolment);
        for (int number = 0; number < requests; number++) {
            trial.take(request("a", number));
            trial.take(request("other", number));
        }
        trial.finish();
        return trial;
    }

    @Test
    void whatItWouldHaveSilencedIsFoundWithoutItAndNotWithIt() {
        EnrolmentTrial trial = trial(1_000, 120);

        assertThat(trial.without().bySignature()).containsOnlyKeys("unvouched");
        assertThat(trial.without().opened()).hasSize(1);
        assertThat(trial.with().bySignature()).isEmpty();
        assertThat(trial.with().opened()).isEmpty();
        assertThat(trial.days().values()).isNotEmpty().allSatisfy(day -> {
            assertThat(day.breach()).isEmpty();
            assertThat(day.covered()).isGreaterThan(0.8);
        });
    }

    @Test
    void whatItDoesNotCoverIsFoundAllTheSame() {
        EnrolmentTrial trial = trial(1_000, 200);

        assertThat(trial.without().bySignature()).containsOnlyKeys("many", "unvouched");
        assertThat(trial.with().bySignature()).containsOnlyKeys("many");
    }

    @Test
    void anAccountThatDoesMoreThanIsAgreedOnIsTold() {
        EnrolmentTrial trial = trial(20, 120);

        assertThat(trial.with().bySignature()).containsOnlyKeys("unvouched");
        assertThat(trial.days().values())
                .anySatisfy(day -> assertThat(day.breach().orElseThrow()).contains("more than the 20 agreed on"));
    }

    @Test
    void anAccountThatSentNothingHasNoDays() {
        assertThat(trial(20, 0).days()).isEmpty();
    }
}
