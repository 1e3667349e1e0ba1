package io.stillwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            acct-81              | acct-81
            network:203.0.113.0/24 | network:203.0.113.0/24
            a b                  | 'a b'
            $(rm -rf x)          | '$(rm -rf x)'
            it's                 | 'it'\\''s'
            -rf                  | '-rf'
            ~~                   | ''
            """)
    void whatAShellWouldTakeForMoreThanAWordIsQuoted(String text, String word) {
        assertThat(ShellWord.of(text)).isEqualTo(word);
    }
}
