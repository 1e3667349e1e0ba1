package io.stillwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void ordinaryTextOfAnyLanguageStaysAsItIs() {
        assertThat(Printable.identifier("org-7/käyttäjä 用户 \ud83d\ude00")).isEqualTo("org-7/käyttäjä 用户 \ud83d\ude00");
    }

    @Test
    void charactersThatAreNotSeenAreWrittenOut() {
        assertThat(Printable.identifier("a\u0000b\u001b\n\u007f\u0085\u2028\u202e\ufeff\uffff\ud800"))
                .isEqualTo("a\\u0000b\\u001b\\u000a\\u007f\\u0085\\u2028\\u202e\\ufeff\\uffff\\ud800");
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndTheCutShows() {
        assertThat(Printable.text("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2)).isEqualTo("\ud83d\ude00\ud83d\ude00…");
        assertThat(Printable.text("abc", 3)).isEqualTo("abc");
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Printable.text("a", 0))
                .withMessageContaining("at least one");
    }

    @Property
    void noTextIsLongerThanItsLimitAllowsOrHoldsAControlCharacter(
            @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 50) int limit) {
        String shown = Printable.text(text, limit);
        assertThat(shown.length()).isLessThanOrEqualTo(12 * limit + 1);
        assertThat(shown.codePoints())
                .noneMatch(codePoint -> Character.isISOControl(codePoint)
                        || Character.getType(codePoint) == Character.SURROGATE
                        || Character.getType(codePoint) == Character.FORMAT);
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyAlert.texts();
    }
}
