package io.stillwatch.simulate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.simulate.chance.Chance;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammarReaderTest {
    private static Grammar grammar(String text) {
        GrammarReader reader = new GrammarReader();
        reader.read("words", "= animal\n| owl | fox\n");
        reader.read("fields", "== north\n= concept\nsnow\n== south\n= concept\nsand\n");
        reader.read("test", text);
        return reader.finish();
    }

    private static Set<String> sayings(String text) {
        Grammar grammar = grammar(text);
        Set<String> said = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            said.add(grammar.say("test.r", new Chance(seed), 1));
        }
        return said;
    }

    @Test
    void aSlotWritesARuleOfTheSameFileOrOfTheCommonWords() {
        assertThat(sayings("= r\n{own} {animal}\n= own\nmy\n")).containsExactly("my fox", "my owl");
    }

    @Test
    void choicesNumbersAndWeightsVaryTheText() {
        assertThat(sayings("= r\n{a|b|}{1..2}\n")).containsExactly("1", "2", "a1", "a2", "b1", "b2");
        assertThat(sayings("= r\n100000x often\nseldom\n")).containsExactly("often");
    }

    @Test
    void aFieldSlotFollowsTheSpeakersFieldAndAnyDoesNot() {
        assertThat(sayings("= r\n{*concept}\n")).containsExactly("sand");
        assertThat(sayings("= r\n{any concept}\n")).containsExactly("sand", "snow");
    }

    @Test
    void whatASlotWroteCanBeRecalled() {
        assertThat(sayings("= r\n{x=animal} and {$x}\n")).containsExactly("fox and fox", "owl and owl");
        assertThat(sayings("= r\n{!x=animal}no {$x}\n")).containsExactly("no fox", "no owl");
    }

    @Test
    void articlesCapitalsAndRepetitionsAreWrittenOut() {
        assertThat(sayings("= r\n{an animal}\n")).containsExactly("a fox", "an owl");
        assertThat(sayings("= r\n{animal^}\n")).containsExactly("Fox", "Owl");
        assertThat(sayings("= r\n{2..3 times w}\n= w\nx\n")).containsExactly("x x", "x x x");
        assertThat(sayings("= r\n{2..2 lines w}\n= w\nx\n")).containsExactly("x\nx");
        assertThat(sayings("= r\n{2..2 listed w}\n= w\nx\n")).containsExactly("x, x");
    }

    @Test
    void escapesStandForTheCharactersThemselves() {
        assertThat(sayings("= r\n\\{\\}\\|\\\\\\n\\t\\# {p\\|q|p\\|q}\n")).containsExactly("{}|\\\n\t# p|q");
    }

    @ParameterizedTest
    @CsvSource({
        "'= r\nbig {house}\n', test:1: unknown rule house",
        "'= r\nbig {house\n', test:1: a slot is not closed",
        "'lost\n', test:1: text before the first rule",
        "'= r\na\n\n= r\nb\n', test:4: rule test.r is defined twice",
        "'= r\n= s\nx\n', test:1: rule test.r is empty",
        "'= r\n{*colour}\n', test:1: field north has no rule colour"
    })
    void aMistakeIsReportedWithFileAndLine(String text, String message) {
        assertThatThrownBy(() -> grammar(text))
                .isInstanceOf(GrammarException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void everyShippedRuleCanBeSpoken() {
        Grammar grammar = Grammar.standard();
        Set<String> empty = new TreeSet<>();
        for (String name : grammar.ruleNames()) {
            for (int seed = 0; seed < 5; seed++) {
                String said = grammar.say(name, new Chance(seed), seed);
                if (said.isEmpty() && !name.startsWith("teaching.copied")) {
                    empty.add(name);
                }
            }
        }
        assertThat(empty).isEmpty();
        assertThat(grammar.fields()).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    }

    @Test
    void theLanguagesSayTheSameTaskWithTheSameDraws() {
        Grammar grammar = Grammar.standard();
        Rule english = grammar.rule("chat.sweep");
        for (String language : new String[] {"de", "fr", "es", "pt", "it", "zh", "ja", "ru"}) {
            assertThat(grammar.rule("lang-" + language + ".sweep").size()).isEqualTo(english.size());
            assertThat(grammar.rule("lang-" + language + ".sweeptopic").size())
                    .isEqualTo(grammar.rule("chat.sweeptopic").size());
        }
    }
}
