package io.stillwatch.simulate.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.simulate.chance.Chance;
import org.junit.jupiter.api.Test;

class TypingTest {
    @Test
    void cleanTypingChangesNothing() {
        StringBuilder text = new StringBuilder("What is Tea?");

        Typing.CLEAN.apply(text, 0, new Chance(1));

        assertThat(text).hasToString("What is Tea?");
    }

    @Test
    void aCasualTypistLeavesOutCapitalsAndTheEnd() {
        StringBuilder text = new StringBuilder("Keep: What is Tea?");

        new Typing(true, true, 0).apply(text, 6, new Chance(1));

        assertThat(text).hasToString("Keep: what is tea");
    }

    @Test
    void slipsAreAboutAsFrequentAsSaid() {
        String clean = "some ordinary words in a row ".repeat(2_000);
        StringBuilder text = new StringBuilder(clean);

        new Typing(false, false, 0.02).apply(text, 0, new Chance(3));

        String[] before = clean.split(" ", -1);
        String[] after = text.toString().split(" ", -1);
        int changed = 0;
        for (int i = 0; i < before.length; i++) {
            changed += before[i].equals(after[i]) ? 0 : 1;
        }
        assertThat(changed / (double) before.length).isBetween(0.008, 0.03);
    }
}
