package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.DAY_MS;
import static io.stillwatch.topology.TestPipeline.HOUR_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static io.stillwatch.topology.TestPipeline.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.AccountCodec;
import io.stillwatch.account.AccountEntry;
import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.baseline.OwnBaselines;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.Ties;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.schema.Alert;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An account against its own first prompts. */
class OwnPastTest {
    private static final SignatureSet DRIFT = SignatureSet.of(List.of(SignatureReader.read("drift.yaml", """
            id: drift
            version: 1
            title: Changed
            severity: high
            window: [PT24H, P7D]
            minimum: 100
            condition: drift >= 4
            score: q(drift)
            evidence: [drift, requests]
            """)));
    private static final SignatureSet PART = SignatureSet.of(List.of(SignatureReader.read("part.yaml", """
            id: part
            version: 1
            title: Partly changed
            severity: medium
            window: PT24H
            minimum: 100
            condition: outlier_evidence >= 5 && outlier_requests >= 20 && outlier_share >= 0.07
            score: outlier_share
            evidence: [outlier_share, outlier_code, requests]
            """)));
    private static final List<String> CITIES = List.of("Oslo", "Lima", "Kyoto", "Accra", "Turin", "Quito", "Delhi");
    private static final List<String> TASKS = List.of("sorts", "merges", "parses", "prints", "counts", "folds", "zips");

    private static String travel(int number) {
        return "When does the next train to " + CITIES.get(number % 7) + " leave, and what is the fare for "
                + (number % 5 + 1) + " travellers with luggage number " + number + "?";
    }

    private static String code(int number) {
        return "Write a Python function that " + TASKS.get(number % 7) + " a list of " + number
                + " integers, and explain its complexity and the recursion.";
    }

    /** Sends a day of 120 requests and lets its panes close. */
    private static void day(TestPipeline pipeline, int day, int turnAt) {
        for (int at = 0; at < 120; at++) {
            int number = day * 120 + at;
            String prompt = number >= turnAt ? code(number) : travel(number);
            pipeline.send(event("a", number, START_MS + day * DAY_MS + at * 11L * 60_000, prompt));
        }
        pipeline.reach(START_MS + day * DAY_MS + 23 * HOUR_MS);
    }

    private static List<Alert> alerts(int turnAt) {
        try (TestPipeline pipeline = new TestPipeline(DRIFT)) {
            for (int day = 0; day < 6; day++) {
                day(pipeline, day, turnAt);
            }
            return pipeline.alerts();
        }
    }

    @Test
    void anAccountThatTurnsToSomethingElseIsFoundWithinADayAndTheAlertNamesTheBaseline() {
        assertThat(alerts(4 * 120)).first().satisfies(alert -> {
            assertThat(alert.getEntityId()).isEqualTo("a");
            assertThat(alert.getBaseline()).isEqualTo("simulated 1");
            assertThat(alert.getTime()).isBetween(START_MS + 4 * DAY_MS, START_MS + 5 * DAY_MS);
            assertThat(alert.getFindings().get(0).getEvidence())
                    .extracting("name")
                    .contains("drift");
        });
    }

    /** From the third day on every so-manieth request is another; 0 for none. */
    private static List<Alert> alertsOfPart(int every) {
        try (TestPipeline pipeline = new TestPipeline(PART)) {
            for (int day = 0; day < 7; day++) {
                for (int at = 0; at < 120; at++) {
                    int number = day * 120 + at;
                    boolean other = day >= 3 && every > 0 && at % every == 0;
                    pipeline.send(event(
                            "a",
                            number,
                            START_MS + day * DAY_MS + at * 11L * 60_000,
                            other ? code(number) : travel(number)));
                }
                pipeline.reach(START_MS + day * DAY_MS + 23 * HOUR_MS);
            }
            return pipeline.alerts();
        }
    }

    @Test
    void aTenthThatTurnsIsFoundWithinDaysThoughTheRestGoesOnAsItBegan() {
        assertThat(alertsOfPart(10)).first().satisfies(alert -> {
            assertThat(alert.getTime()).isBetween(START_MS + 3 * DAY_MS, START_MS + 6 * DAY_MS);
            assertThat(alert.getExplanation())
                    .contains("A part of it is new: ")
                    .contains(" requests since ")
                    .contains("more of these ask for code");
        });
    }

    @Test
    void nothingOfItIsFoundWhereAllGoesOnOrOneRequestInEightyIsAnother() {
        assertThat(alertsOfPart(0)).isEmpty();
        assertThat(alertsOfPart(80)).isEmpty();
    }

    @Test
    void aRecordKeepsTheRunOfOutliersThatWasUnderWay() {
        AccountEntry entry = AccountEntry.fresh("a");
        PromptMean mean = new PromptMean(200, new double[PromptMean.DIMENSIONS], 1);
        OwnBaseline own = OwnBaselines.of(mean, mean, 7);
        entry.state.own = Optional.of(own);
        Fingerprinter fingerprinter = new Fingerprinter();
        for (int at = 0; at < 30; at++) {
            entry.state.outliers.add(
                    own, fingerprinter.fingerprint(event("a", at, START_MS + at, code(at))), Ties.NONE);
        }
        byte[] record = AccountCodec.encode(entry, new StateWriter());

        assertThat(entry.state.outliers.isEmpty()).isFalse();
        assertThat(AccountCodec.encode(AccountCodec.decode("a", record), new StateWriter()))
                .isEqualTo(record);
    }

    @Test
    void anAccountThatGoesOnAsItBeganIsLeftAlone() {
        assertThat(alerts(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void anAccountThatTurnsBeforeItHasAPastIsNotMeasuredByIt() {
        assertThat(alerts(0)).isEmpty();
    }

    @Test
    void whatIsFrozenComparesTheSameOnceItWasReadAgain() {
        double[] components = new double[PromptMean.DIMENSIONS];
        for (int d = 0; d < components.length; d++) {
            components[d] = Math.sin(d) / 7;
        }
        PromptMean mean = new PromptMean(200, components, 0.987654321);
        AccountEntry entry = AccountEntry.fresh("a");
        entry.state.own = Optional.of(OwnBaselines.of(mean, mean, 7));
        OwnBaseline read = AccountCodec.decode("a", AccountCodec.encode(entry, new StateWriter()))
                .state
                .own
                .orElseThrow();

        assertThat(read.earlier().components())
                .isEqualTo(entry.state.own.orElseThrow().earlier().components());
        assertThat(read.earlier().squaredNorm())
                .isEqualTo(entry.state.own.orElseThrow().earlier().squaredNorm());
    }

    @Test
    void aRecordKeepsTheBaseline() {
        AccountEntry entry = AccountEntry.fresh("a");
        PromptMean mean = new PromptMean(200, new double[PromptMean.DIMENSIONS], 1);
        entry.state.own = Optional.of(OwnBaselines.of(mean, mean, 7));
        byte[] record = AccountCodec.encode(entry, new StateWriter());

        assertThat(AccountCodec.decode("a", record).state.own).isEqualTo(entry.state.own);
    }
}
