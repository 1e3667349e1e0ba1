package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.Profile;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An error budget on strengths that are written down. */
class BudgetPlanTest {
    private static final SignatureSet LIBRARY = SignatureSet.bundled();
    private static final Signature HIGH = signature("best-of-n-sampling");
    private static final Signature LOW = signature("unattended-collection");
    private static final long WEEK_MS = 7L * 86_400_000;
    private static final int ACCOUNTS = 1_000;

    private final Strengths strengths = new Strengths();
    private final Set<String> harvests = new TreeSet<>();

    private static Signature signature(String id) {
        return LIBRARY.named(id).map(CompiledSignature::signature).orElseThrow();
    }

    private BudgetPlanTest() {
        for (int account = 0; account < ACCOUNTS; account++) {
            strengths.seen("a-" + account, 0);
        }
        for (int harvest = 0; harvest < 20; harvest++) {
            harvests.add("h-" + harvest);
            hold("h-" + harvest, HIGH, 0.5 + harvest / 100.0);
            hold("h-" + harvest, LOW, 0.5);
        }
    }

    private void hold(String account, Signature signature, double margin) {
        strengths.held(account, 0, signature, new Profile(), margin, 0.7);
    }

    private BudgetReport report(ErrorBudget budget, Set<String> honest) {
        return new BudgetPlan(strengths, budget, harvests, honest, Set.of()).report();
    }

    private BudgetReport report() {
        return report(ErrorBudget.DEFAULT, Set.of());
    }

    private double bar(BudgetReport report, Signature signature) {
        Bars.OfSignature bars = report.bars().bySignature().get(signature.id());
        return bars == null ? 0 : bars.of(Cohort.of(new Profile())).least();
    }

    @Test
    void mistakesAtTheLineAreUnlearnedAndHarvestsStayFound() {
        for (int account = 0; account < 30; account++) {
            hold("a-" + account, HIGH, 0.002 * account);
        }

        BudgetReport report = report();

        assertThat(report.setAside()).isEmpty();
        assertThat(report.aboveLow())
                .isEqualTo(new BudgetReport.Effect(30, report.aboveLow().honestAfter(), 20, 20));
        assertThat(report.aboveLow().honestAfter()).isLessThanOrEqualTo(1);
        assertThat(bar(report, HIGH)).isBetween(0.03, 0.3);
        assertThat(report.unseen())
                .hasValueSatisfying(unseen -> assertThat(unseen.aboveLow()).isLessThanOrEqualTo(3));
    }

    @Test
    void lowHasABudgetOfItsOwn() {
        for (int account = 0; account < 10; account++) {
            hold("a-" + account, LOW, 0.1);
        }

        assertThat(bar(report(), LOW)).isZero();
        assertThat(bar(report(new ErrorBudget(0.001, 0.005, 0), Set.of()), LOW)).isGreaterThan(0.1);
    }

    @Test
    void hiddenHarvestersUpToTheStatedShareMoveNoBar() {
        for (int account = 0; account < 20; account++) {
            hold("a-" + account, HIGH, 0.65);
        }

        BudgetReport report = report();

        assertThat(report.setAside()).hasSize(20);
        assertThat(report.bars().bySignature()).isEmpty();
        assertThat(report.aboveLow().harvestsAfter()).isEqualTo(20);
    }

    @Test
    void accountsKnownToBeHonestAreNeverSetAside() {
        hold("a-1", HIGH, 0.65);
        hold("a-2", HIGH, 0.65);

        BudgetReport report = report(ErrorBudget.DEFAULT, Set.of("a-1"));

        assertThat(report.setAside()).extracting(BudgetReport.SetAside::account).containsExactly("a-2");
        assertThat(bar(report, HIGH)).isGreaterThan(0.65);
    }

    @Test
    void aBudgetThatTakesASignaturesSightIsSeen() {
        for (int account = 0; account < 60; account++) {
            hold("a-" + account, HIGH, 0.9);
        }

        assertThat(report().signatures())
                .filteredOn(BudgetReport.Row::isBlinded)
                .extracting(BudgetReport.Row::signature)
                .containsExactly(HIGH.id());
    }

    @Test
    void aCohortWithFewAccountsSaysThatItBorrows() {
        History history = new Prompts(3).history(3, 2, 120);
        history.accounts().forEach(account -> strengths.seen(account, 0, history.whole(account)));

        assertThat(report().cohorts()).containsExactly("light general");
        assertThat(report().borrowing()).isNotEmpty().allMatch(cohort -> cohort.startsWith("medium "));
    }

    @Test
    void anAccountCountsOnceAWeek() {
        hold("a-1", HIGH, 0.01);
        strengths.held("a-1", WEEK_MS, HIGH, new Profile(), 0.01, 0.7);

        BudgetReport report = report(new ErrorBudget(1, 1, 0), Set.of());

        assertThat(report.aboveLow().honestBefore()).isEqualTo(2);
        assertThat(report.honestWeeks()).isEqualTo(ACCOUNTS + 1);
        assertThat(report.days()).isEqualTo(8);
    }

    @Test
    void barsOfAnotherVersionOfASignatureAskForNothing() {
        for (int account = 0; account < 30; account++) {
            hold("a-" + account, HIGH, 0.002 * account);
        }
        Bars bars = report().bars();

        assertThat(bars.of(HIGH.id(), HIGH.version(), new Profile())).isPresent();
        assertThat(bars.of(HIGH.id(), HIGH.version() + 1, new Profile())).isEmpty();
    }

    @Test
    void hiddenHarvestersBeyondTheStatedShareAreRefusedRatherThanLearned() {
        ContaminationCurve curve = new ContaminationCurve(strengths, ErrorBudget.DEFAULT, harvests, Set.of(), Set.of());

        assertThat(curve.at(0.01)).satisfies(point -> {
            assertThat(point.hidden()).isEqualTo(10);
            assertThat(point.caughtHidden()).isGreaterThanOrEqualTo(4);
        });
        assertThat(curve.at(0)).satisfies(point -> {
            assertThat(point.found()).isEqualTo(10);
            assertThat(point.harvests()).isEqualTo(10);
            assertThat(point.refused()).isFalse();
        });
        assertThat(curve.at(0.3).refused()).isTrue();
    }
}
