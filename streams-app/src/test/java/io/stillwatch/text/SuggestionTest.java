package io.stillwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void aMisspeltWordIsTheKnownOneWithTheFewestChanges() {
        assertThat(Suggestion.word("prompt_noveltey", List.of("prompt_length_median", "prompt_novelty")))
                .contains("prompt_novelty");
        assertThat(Suggestion.word("weather", List.of("prompt_novelty", "drift")))
                .isEmpty();
    }

    @Test
    void anIdIsKnownByItsBeginning() {
        assertThat(Suggestion.id("c-5d2f", List.of("c-0b77ce41a2f95d30", "c-5d2f0a9b31c4e687")))
                .contains("c-5d2f0a9b31c4e687");
        assertThat(Suggestion.id("c-5d2f", List.of("al-9999"))).isEmpty();
    }

    @Test
    void ofTwoEquallyNearTheFirstIsNamedWhateverTheirOrder() {
        assertThat(Suggestion.id("ab", List.of("abd", "abc"))).contains("abc");
    }

    @Test
    void whatIsFarTooLongOrEmptyIsComparedWithNothing() {
        assertThat(Suggestion.word("x".repeat(100_000), List.of("x"))).isEmpty();
        assertThat(Suggestion.id(" ", List.of("a"))).isEmpty();
    }
}
