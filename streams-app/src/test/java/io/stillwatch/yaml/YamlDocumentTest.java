package io.stillwatch.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class YamlDocumentTest {
    private record Rules(String name, List<Rule> allRules) {}

    private record Rule(String name, int limit) {}

    private static final String TEXT = """
            # name: not this one
            name: some
            all_rules:
              - name: one
                limit: 1
              - {name: two,
                 limit: 2}
            """;

    @Test
    void everyPartHasTheLineOfItsKeyOrTheBeginningOfItsEntry() {
        YamlDocument document = YamlDocument.read(TEXT);

        assertThat(document.line("/name")).isEqualTo(2);
        assertThat(document.line("/all_rules")).isEqualTo(3);
        assertThat(document.line("/all_rules/0")).isEqualTo(4);
        assertThat(document.line("/all_rules/0/limit")).isEqualTo(5);
        assertThat(document.line("/all_rules/1/limit")).isEqualTo(7);
    }

    @Test
    void whatIsNotThereHasTheLineOfWhatItIsMissingFrom() {
        YamlDocument document = YamlDocument.read(TEXT);

        assertThat(document.line("/all_rules/1/weight")).isEqualTo(6);
        assertThat(document.line("/weight")).isEqualTo(1);
    }

    @Test
    void aDocumentIsReadAsAValue() {
        assertThat(YamlDocument.read(TEXT).as(Rules.class))
                .isEqualTo(new Rules("some", List.of(new Rule("one", 1), new Rule("two", 2))));
    }

    @Test
    void anUnknownKeyIsToldWithItsLineAlsoWhereAnotherOfItsNameIsRight() {
        YamlException thrown = catchThrowableOfType(
                YamlException.class,
                () -> YamlDocument.read("name: some\nall_rules:\n  - name: one\n    all_rules: 3\n")
                        .as(Rules.class));

        assertThat(thrown.line()).isEqualTo(4);
        assertThat(thrown).hasMessage("there is no key `all_rules`; known here are limit, name");
    }

    @Test
    void aValueOfAnotherKindIsToldWithItsLine() {
        YamlException thrown = catchThrowableOfType(
                YamlException.class,
                () -> YamlDocument.read("all_rules:\n  - name: one\n    limit: many\n")
                        .as(Rules.class));

        assertThat(thrown.line()).isEqualTo(3);
    }

    @Test
    void aKeyThatStandsTwiceIsAnErrorOnItsLine() {
        YamlException thrown =
                catchThrowableOfType(YamlException.class, () -> YamlDocument.read("name: a\nlimit: 1\nname: b\n"));

        assertThat(thrown.line()).isEqualTo(3);
    }

    @Test
    void twoDocumentsInOneTextAreAnError() {
        assertThatThrownBy(() -> YamlDocument.read("name: a\n---\nname: b\n")).isInstanceOf(YamlException.class);
    }

    @Test
    void anEmptyTextHoldsNothing() {
        assertThat(YamlDocument.read("").root().isMissingNode()).isTrue();
        assertThat(YamlDocument.read("# only words\n").root().isObject()).isFalse();
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefusedWithALine(@ForAll String text) {
        try {
            YamlDocument.read(text);
        } catch (YamlException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }
}
