package io.stillwatch.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stillwatch.alert.AnyAlert;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
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

    @Test
    void controlSequencesAreShownInsteadOfObeyed() {
        assertThat(Printable.escape("a\u001b[2Jb\u009bc\u0007")).isEqualTo("a\\u001b[2Jb\\u009bc\\u0007");
    }

    @Test
    void aLineBreakCannotForgeASecondLine() {
        assertThat(Printable.escape("x\r\ny\u2028z\t")).isEqualTo("x\\u000d\\u000ay\\u2028z\\u0009");
    }

    @Test
    void textCannotBeShownInAnotherOrderThanItHas() {
        assertThat(Printable.escape("user\u202egpj.exe")).isEqualTo("user\\u202egpj.exe");
    }

    @Test
    void halfACharacterIsShownByItsNumber() {
        assertThat(Printable.escape("\ud83d")).isEqualTo("\\ud83d");
        assertThat(Printable.escape("\udb40\udc41")).isEqualTo("\\udb40\\udc41");
    }

    @Test
    void textOfAnyScriptStaysReadable() {
        assertThat(Printable.escape("Grüße, 世界 🙂 नमस्ते")).isEqualTo("Grüße, 世界 🙂 नमस्ते");
    }

    @Test
    void longTextIsCutBetweenCharactersAndTheRestCounted() {
        assertThat(Printable.escape("abc🙂def", 4)).isEqualTo("abc🙂… (3 more)");
        assertThat(Printable.escape("x".repeat(201))).hasSize(200 + "… (1 more)".length());
    }

    @Property(tries = 300)
    void nothingPrintedCanStartASequenceOrALine(@ForAll @StringLength(max = 60) String text) {
        String printed = Printable.escape(text);

        assertThat(printed.codePoints())
                .noneMatch(Character::isISOControl)
                .noneMatch(codePoint -> Character.getType(codePoint) == Character.FORMAT);
        assertThat(Printable.escapeAll(printed)).isEqualTo(printed);
    }
}
