package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final List<TruthRow> TRUTH = List.of(row("a"), row("b"), row("silent"));

    private static TruthRow row(String id) {
        return new TruthRow(id, Label.HOSTILE, "harvest", "", "", 1, 0, 10, 10);
    }

    @Test
    void theNearestSignatureOverTheWholeRunIsKept() {
        Watch watch = new Watch();
        watch.event("a", 0, 10);
        watch.event("b", 5_000, 10);
        watch.near("a", new Nearest("one", -0.5));
        watch.near("a", new Nearest("two", 0.1));
        watch.near("a", new Nearest("one", -0.9));

        List<AccountResult> results = watch.results(TRUTH);

        assertThat(results).extracting(result -> result.truth().accountId()).containsExactly("a", "b");
        assertThat(results.get(0).nearest()).isEqualTo(new Nearest("two", 0.1));
        assertThat(results.get(1).nearest()).isEqualTo(Nearest.NONE);
        assertThat(watch.spanMs()).isEqualTo(5_000);
    }

    @Test
    void accountsWithoutTruthAreCounted() {
        Watch watch = new Watch();
        watch.event("a", 0, 10);
        watch.event("stranger", 0, 10);

        assertThat(watch.unnamed(TRUTH)).isOne();
        assertThat(watch.results(TRUTH)).hasSize(1);
    }
}
