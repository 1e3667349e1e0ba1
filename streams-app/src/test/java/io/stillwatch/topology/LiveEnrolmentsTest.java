package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.Profile;
import io.stillwatch.schema.Alert;
import io.stillwatch.signature.BankSupport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that are vouched for, and no longer, while the pipeline runs. */
class LiveEnrolmentsTest {
    private static final long FOR_EVER_MS = START_MS + Duration.ofDays(300).toMillis();
    private final TestPipeline pipeline = new TestPipeline(BankSupport.SIGNATURES);

    @AfterEach
    void close() {
        pipeline.close();
    }

    private static byte[] enrolment(String account, long requestsADay, long untilMs) {
        Fingerprinter fingerprinter = new Fingerprinter();
        Profile examples = new Profile();
        for (int number = 0; number < 200; number++) {
            examples.add(fingerprinter.fingerprint(
                    TestPipeline.event(account, number, 0, BankSupport.prompt(number + 10_000))));
        }
        return new Enrolment(
                        new Atom(
                                Atom.Kind.ENROLLED,
                                account,
                                "example prompts",
                                examples.promptMean().orElseThrow()),
                        "what was never asked",
                        requestsADay,
                        0,
                        untilMs,
                        "contract 2211",
                        "ann",
                        START_MS)
                .text()
                .getBytes(StandardCharsets.UTF_8);
    }

    private Optional<Alert> alertAfter(String account, int requests) {
        for (int number = 0; number < requests; number++) {
            pipeline.send(
                    TestPipeline.event(account, number, START_MS + number * MINUTE_MS, BankSupport.prompt(number)));
        }
        return pipeline.alerts().stream()
                .filter(alert -> alert.getEntityId().equals(account))
                .reduce((first, last) -> last);
    }

    @Test
    void anAccountIsVouchedForWithoutARestartAndNoMoreOnceThatIsRevoked() {
        assertThat(alertAfter("before", 100)).isPresent();

        pipeline.publishEnrolment("a", enrolment("a", 1_000, FOR_EVER_MS));
        pipeline.publishEnrolment("b", enrolment("b", 1_000, FOR_EVER_MS));
        assertThat(alertAfter("a", 100)).isEmpty();

        pipeline.publishEnrolment("b", null);
        assertThat(alertAfter("b", 100)).isPresent();
        assertThat(alertAfter("nobodys", 100)).isPresent();
    }

    @Test
    void anAlertThatRestsOnSomethingElseSaysWhatIsVouchedFor() {
        pipeline.publishEnrolment("a", enrolment("a", 1_000, FOR_EVER_MS));

        assertThat(alertAfter("a", 240).orElseThrow().getExplanation())
                .contains(" It is enrolled by ann until 2")
                .contains("(what was never asked, about 1,000 requests a day): ")
                .contains(" lie outside.");
    }

    @Test
    void anEnrolmentThatHasLapsedOrIsExceededVouchesForNobody() {
        pipeline.publishEnrolment("lapsed", enrolment("lapsed", 1_000, START_MS + MINUTE_MS));
        pipeline.publishEnrolment("exceeded", enrolment("exceeded", 20, FOR_EVER_MS));

        assertThat(alertAfter("lapsed", 100).orElseThrow().getExplanation()).contains("it has lapsed");
        assertThat(alertAfter("exceeded", 100).orElseThrow().getExplanation()).contains("more than the 20 agreed on");
    }

    @Test
    void oneThatIsAnothersOrCannotBeReadVouchesForNobodyAndStopsNothing() {
        pipeline.publishEnrolment("a", enrolment("b", 1_000, FOR_EVER_MS));
        pipeline.publishEnrolment("c", new byte[] {1, 2, 3});
        pipeline.publishEnrolment("d", "{\"format\": 7".getBytes(StandardCharsets.UTF_8));
        pipeline.publishEnrolment("e", new byte[100_000]);

        for (String account : List.of("a", "c", "d", "e")) {
            assertThat(alertAfter(account, 100)).as(account).isPresent();
        }
    }
}
