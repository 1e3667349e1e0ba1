package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {
    /** As honest accounts of a simulated week: each keeps to its ways, and the highest levels are rare. */
    private static final double[] HONEST = {0.05, 0.1, 0.4, 0.8, 0.5, 0.2, 0.06, 0.02, 0.01};

    private static final int TODAY = 20_000;

    private final Random random = new Random(5);

    /** Levels of days of an account whose ways are drawn from a Dirichlet distribution, by Pólya's urn. */
    private DayLevels account(double[] weights, int days) {
        DayLevels levels = new DayLevels();
        double[] urn = weights.clone();
        for (int day = TODAY - days; day < TODAY; day++) {
            double left = random.nextDouble() * java.util.Arrays.stream(urn).sum();
            int level = 0;
            while (level < urn.length - 1 && left >= urn[level]) {
                left -= urn[level++];
            }
            urn[level]++;
            levels.add(day, level);
        }
        return levels;
    }

    private Evidence learned(int accounts) {
        List<int[]> counts = new ArrayList<>();
        for (int account = 0; account < accounts; account++) {
            counts.add(account(HONEST, 14).counts(0, TODAY));
        }
        return Evidence.learn(counts).orElseThrow();
    }

    private static DayLevels steady(int days, int level) {
        DayLevels levels = new DayLevels();
        for (int day = TODAY - days; day < TODAY; day++) {
            levels.add(day, level);
        }
        return levels;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 30})
    void honestAccountsExceedAnEvidenceAsSeldomAsItSays(int days) {
        Evidence evidence = learned(2_000);
        int accounts = 20_000;
        for (double bound : new double[] {10, 50, 200}) {
            long flagged = 0;
            for (int account = 0; account < accounts; account++) {
                if (evidence.log10(account(HONEST, days), TODAY) >= Math.log10(bound)) {
                    flagged++;
                }
            }
            // Three standard errors of a count above what is allowed.
            double allowed = accounts / bound;
            assertThat((double) flagged).isLessThanOrEqualTo(allowed + 3 * Math.sqrt(allowed));
        }
    }

    @Test
    void whatWasDrawnIsLearnedBack() {
        Evidence evidence = learned(20_000);

        for (int level = 0; level < HONEST.length; level++) {
            assertThat(evidence.honest().get(level)).isCloseTo(HONEST[level], within(0.1 * HONEST[level] + 0.01));
        }
    }

    @Test
    void aDaySaysLittleAndWeeksSayMuch() {
        Evidence evidence = learned(2_000);
        DayLevels days = new DayLevels();
        int[] weeks = {7, 6, 8, 7, 6, 7, 8, 7, 7, 6, 8, 8, 7, 6};
        double before = 0;
        for (int day = 0; day < weeks.length; day++) {
            days.add(TODAY + day, weeks[day]);
            if (day == 0 || day == 3 || day == 6 || day == 13) {
                double now = evidence.log10(days, TODAY + day + 1);
                assertThat(now).isGreaterThan(before);
                before = now;
            }
        }
        assertThat(evidence.log10(steady(1, 7), TODAY)).isLessThan(2);
        assertThat(before).isGreaterThan(2.3);
    }

    @Test
    void anOddHabitConvictsNobodyHoweverOftenItRecurs() {
        Evidence evidence = learned(2_000);

        assertThat(evidence.log10(steady(30, 5), TODAY)).isLessThan(evidence.log10(steady(2, 5), TODAY) + 0.5);
        assertThat(evidence.log10(steady(30, 3), TODAY)).isLessThan(-1);
    }

    @Test
    void noEvidenceExceedsTheAccountsThatWereSeen() {
        Evidence evidence = new Evidence(99, Collections.nCopies(DayTraits.LEVELS, 1e-9 + 1.0 / 9));

        assertThat(evidence.log10(steady(30, 8), TODAY)).isLessThanOrEqualTo(2);
    }

    @Test
    void anAccountThatTurnsIsJudgedByItsLastDaysToo() {
        Evidence evidence = learned(2_000);
        DayLevels turned = steady(30, 3);
        for (int day = TODAY - 7; day < TODAY; day++) {
            turned.add(day, 8);
        }

        assertThat(evidence.log10(turned, TODAY)).isGreaterThan(1.2);
    }

    @Test
    void theOrderOfDaysMakesNoDifferenceAndTodayDoesNotCount() {
        Evidence evidence = learned(200);
        DayLevels forwards = new DayLevels();
        DayLevels backwards = new DayLevels();
        for (int day = 1; day <= 20; day++) {
            forwards.add(TODAY - day, day % 9);
            backwards.add(TODAY - 21 + day, (21 - day) % 9);
        }
        double before = evidence.log10(forwards, TODAY);
        forwards.add(TODAY, 8);

        assertThat(evidence.log10(backwards, TODAY)).isEqualTo(before);
        assertThat(evidence.log10(forwards, TODAY)).isEqualTo(before);
        assertThat(evidence.log10(new DayLevels(), TODAY)).isCloseTo(0, within(1e-12));
    }

    @Test
    void aMonthIsKeptAndOutlivesStorage() {
        DayLevels days = steady(100, 4);
        days.add(TODAY - 2, 8);
        StateWriter out = new StateWriter();
        days.write(out);
        DayLevels stored = DayLevels.read(new StateReader(out.toByteArray()));

        assertThat(out.toByteArray()).hasSizeLessThan(70);
        assertThat(stored.counts(0, TODAY)).isEqualTo(days.counts(0, TODAY));
        assertThat(java.util.Arrays.stream(stored.counts(0, TODAY)).sum()).isEqualTo(DayLevels.MOST_DAYS);
    }

    @Test
    void tooFewAccountsTeachNothing() {
        List<int[]> few = new ArrayList<>(Collections.nCopies(29, new int[] {0, 0, 0, 3, 0, 0, 0, 0, 0}));
        few.add(new int[DayTraits.LEVELS]);

        assertThat(Evidence.learn(few)).isEmpty();
    }
}
