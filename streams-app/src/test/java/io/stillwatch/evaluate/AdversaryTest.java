package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.evasion.Evasions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdversaryTest {
    private static final Adversary ADVERSARY =
            new Adversary(List.of("code-harvest", "best-of-n"), 3, 50, Duration.ofDays(5), 4, List.of(0.5, 1.0));

    @Test
    void everyEvasionIsTriedFromWeakToStrongAfterNoneAtAll() {
        List<Adversary.Attempt> attempts = ADVERSARY.attempts();

        assertThat(attempts).hasSize(1 + 2 * Evasions.all().size());
        assertThat(attempts.get(0).evasion()).isEqualTo(Adversary.UNHIDDEN);
        assertThat(attempts.get(0).strength()).isZero();
        assertThat(attempts.subList(1, 3))
                .extracting(Adversary.Attempt::strength)
                .containsExactly(0.5, 1.0);
        assertThat(attempts).extracting(Adversary.Attempt::evasion).containsAll(Evasions.names());
    }

    @Test
    void theSameAccountsTryThemAll() {
        List<String> accounts = ids(ADVERSARY.attempts().get(0));

        assertThat(accounts).hasSize(6);
        assertThat(ADVERSARY.attempts())
                .allSatisfy(attempt -> assertThat(ids(attempt)).isEqualTo(accounts));
    }

    private static List<String> ids(Adversary.Attempt attempt) {
        return new Simulator(attempt.plan())
                .truth().stream().map(TruthRow::accountId).toList();
    }
}
