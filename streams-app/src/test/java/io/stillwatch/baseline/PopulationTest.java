package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.profile.sketch.PromptMean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationTest {
    private static final int TRIALS = 200;
    private static final int ALARM = 4;

    private final Prompts prompts = new Prompts(1);
    private final Population population = Prompts.population(4, 0.4);

    @Test
    void sampleSizeMakesNoDistance() {
        double[] nowhere = new double[PromptMean.DIMENSIONS];

        for (int size : new int[] {50, 200, 1_000}) {
            double mean = IntStream.range(0, 100)
                    .mapToDouble(trial -> population.squaredDistance(prompts.mean(size, nowhere)))
                    .average()
                    .orElseThrow();
            assertThat(mean).isEqualTo(0, within(0.12));
        }
    }

    @Test
    void theDistanceIsThatOfTheTrueMeansHoweverFewPromptsThereAre() {
        double[] topic = prompts.topic();

        double few = population.distance(prompts.mean(60, topic));
        double many = population.distance(prompts.mean(5_000, topic));

        assertThat(few).isEqualTo(many, within(0.15));
        assertThat(many).isGreaterThan(1);
    }

    @Test
    void tooFewPromptsHaveNoDistanceAndNoDrift() {
        double[] topic = prompts.topic();
        PromptMean past = prompts.mean(100, topic);

        assertThat(population.distance(prompts.mean(49, topic))).isNaN();
        assertThat(population.drift(OwnBaselines.of(past, past, 0), prompts.mean(99, topic)))
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0.01", "25, 0.9, 1", "50, 0.99, 1", "100, 0.99, 1"})
    void aTurnShowsWithinAHundredPromptsAndSteadinessDoesNot(int turned, double least, double most) {
        double rate = IntStream.range(0, TRIALS).filter(trial -> alarm(turned)).count() / (double) TRIALS;

        assertThat(rate).isBetween(least, most);
    }

    private boolean alarm(int turned) {
        double[] usual = prompts.topic();
        OwnBaseline own = OwnBaselines.of(prompts.mean(100, usual), prompts.mean(100, usual), 0);
        return population.drift(own, prompts.mean(100 - turned, usual, turned, prompts.topic())) > ALARM;
    }

    @Test
    void anAccountThatChangedInItsFirstDaysMayGoOnChanging() {
        double[] one = prompts.topic();
        double[] other = prompts.topic();
        OwnBaseline restless = OwnBaselines.of(prompts.mean(100, one), prompts.mean(100, other), 0);

        assertThat(population.drift(restless, prompts.mean(100, one))).isLessThan(1);
        assertThat(population.drift(restless, prompts.mean(100, other))).isLessThan(1);
    }
}
