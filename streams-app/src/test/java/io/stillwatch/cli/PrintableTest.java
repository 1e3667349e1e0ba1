package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void controlSequencesAreShownInsteadOfObeyed() {
        assertThat(Printable.escape("a\u001b[2Jb\u009bc\u0007")).isEqualTo("a\\u001b[2Jb\\u009bc\\u0007");
    }

    @Test
    void aLineBreakCannotForgeASecondLine() {
        assertThat(Printable.escape("x\r\ny\u2028z\t")).isEqualTo("x\\r\\ny\\u2028z\\t");
    }

    @Test
    void textCannotBeShownInAnotherOrderThanItHas() {
        assertThat(Printable.escape("user\u202egpj.exe")).isEqualTo("user\\u202egpj.exe");
    }

    @Test
    void halfACharacterIsShownByItsNumber() {
        assertThat(Printable.escape("\ud83d")).isEqualTo("\\ud83d");
        assertThat(Printable.escape("\udb40\udc41")).isEqualTo("\\u{e0041}");
    }

    @Test
    void textOfAnyScriptStaysReadable() {
        assertThat(Printable.escape("Grüße, 世界 🙂 नमस्ते")).isEqualTo("Grüße, 世界 🙂 नमस्ते");
    }

    @Test
    void longTextIsCutBetweenCharactersAndTheRestCounted() {
        assertThat(Printable.escape("abc🙂def", 4)).isEqualTo("abc… (5 more)");
        assertThat(Printable.escape("x".repeat(201))).hasSize(200 + "… (1 more)".length());
    }

    @Test
    void wideCharactersAndCombiningMarksAreCountedAsTerminalsDrawThem() {
        assertThat(Printable.columns("a世e\u0301")).isEqualTo(4);
        assertThat(Printable.fit("世界世界", 5)).isEqualTo("世界…");
        assertThat(Printable.fit("abc", 3)).isEqualTo("abc");
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
