package io.stillwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void theHighestFigureIsAsHighAsACharacterAndNothingIsADot() {
        assertThat(Sparkline.of(List.of(0L, 1L, 400L, 800L), true)).isEqualTo("·▁▄█");
        assertThat(Sparkline.of(List.of(0L, 1L, 400L, 800L), false)).isEqualTo(".:+@");
        assertThat(Sparkline.of(List.of(0L, 0L), true)).isEqualTo("··");
    }

    @Property(tries = 200)
    void aCharacterAFigureAndOnlyNothingIsDrawnAsNothing(@ForAll List<@LongRange(min = 0) Long> figures) {
        String drawn = Sparkline.of(figures, true);
        assertThat(drawn).hasSize(figures.size());
        for (int at = 0; at < figures.size(); at++) {
            assertThat(drawn.charAt(at) == '·').isEqualTo(figures.get(at) == 0);
        }
        assertThat(Sparkline.of(figures, false).chars()).allMatch(character -> character < 128);
    }
}
