package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.profile.sketch.PromptMean;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private final Prompts prompts = new Prompts(2);
    private final double[] chat = prompts.topic();
    private final double[] app = prompts.topic();
    private final double[] kit = prompts.topic();
    private final double[] nobodys = prompts.topic();
    private final double distance = Math.sqrt(population().squaredDistance(prompts.mean(2_000, nobodys)));
    private final Mixture mixture = new Mixture(
            Prompts.population(distance, 1),
            List.of(
                    new Atom(Atom.Kind.PUBLIC, "public-1", "test", prompts.mean(2_000, chat)),
                    new Atom(Atom.Kind.ENROLLED, "app", "test", prompts.mean(2_000, app)),
                    new Atom(Atom.Kind.KIT, "kit", "test", prompts.mean(2_000, kit))));

    private static Population population() {
        return Prompts.population(1, 1);
    }

    @Test
    void aKnownMixtureIsTakenApart() {
        Mixture.Shares shares = mixture.of("app", prompts.mean(600, app, 400, kit));

        assertThat(shares.enrolled()).isEqualTo(0.6, within(0.05));
        assertThat(shares.kits()).isEqualTo(0.4, within(0.05));
        assertThat(shares.general()).isEqualTo(0, within(0.05));
        assertThat(shares.unknown()).isEqualTo(0, within(0.1));
    }

    @Test
    void whatNothingExplainsIsUnknown() {
        assertThat(mixture.of("b", prompts.mean(500, chat, 500, nobodys)).unknown())
                .isEqualTo(0.5, within(0.1));
        assertThat(mixture.of("b", prompts.mean(500, nobodys)).unknown()).isGreaterThan(0.9);
    }

    @Test
    void anEnrolmentExcusesNobodyElse() {
        PromptMean same = prompts.mean(500, app);

        assertThat(mixture.of("app", same).enrolled()).isGreaterThan(0.9);
        assertThat(mixture.of("another", same).enrolled()).isZero();
        assertThat(mixture.of("another", same).unknown()).isGreaterThan(0.8);
    }

    @Test
    void theSharesSumToOne() {
        Mixture.Shares shares =
                mixture.of("app", prompts.mean(300, chat, 300, nobodys).with(prompts.mean(200, kit)));

        assertThat(shares.kits() + shares.enrolled() + shares.general() + shares.unknown())
                .isEqualTo(1, within(1e-9));
    }

    @Test
    void aTurnToAKitShowsBesideTheAccountsOwnPast() {
        OwnBaseline past = OwnBaselines.of(prompts.mean(100, nobodys), prompts.mean(100, nobodys), 0);

        assertThat(mixture.beside(past, prompts.mean(75, nobodys, 25, kit)).kits())
                .isEqualTo(0.25, within(0.08));
        assertThat(mixture.beside(past, prompts.mean(100, nobodys)).kits()).isLessThan(0.08);
    }

    @Test
    void fewerThanFiftyPromptsHaveNoShares() {
        assertThat(mixture.of("app", prompts.mean(49, app)).kits()).isNaN();
    }
}
