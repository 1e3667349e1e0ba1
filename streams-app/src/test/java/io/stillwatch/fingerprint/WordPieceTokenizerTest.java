package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPieceTokenizerTest {
    private final WordPieceTokenizer tokenizer =
            new WordPieceTokenizer(List.of("[UNK]", "un", "##aff", "##able", "##a", "aff", "##b", "able", ","));

    @Test
    void theLongestPieceIsTakenFirst() {
        assertThat(pieces("unaffable, able")).containsExactly(1, 2, 3, 8, 7);
    }

    @Test
    void aWordThatCannotBeSpelledToItsEndIsUnknownAsAWhole() {
        assertThat(pieces("unaffx aff")).containsExactly(0, 5);
    }

    @Test
    void aWordOfMoreThanOneHundredCharactersIsUnknown() {
        assertThat(pieces("un" + "a".repeat(98))).hasSize(99).doesNotContain(0);
        assertThat(pieces("un" + "a".repeat(99))).containsExactly(0);
    }

    @Test
    void aFullTargetEndsTheText() {
        int[] target = new int[2];
        assertThat(tokenizer.tokenize("unaffable able", target)).isEqualTo(2);
        assertThat(target).containsExactly(1, 2);
    }

    @Test
    void packedPiecesAreThoseOfTheSplitAndComeOutOfTheCacheTheSame() {
        int[] split = new int[Word.CAPACITY];
        for (int round = 0; round < 2; round++) {
            new WordScanner().scan("un able unaffable unab unabbb unabbbb x averyverylongunknownword ünable", word -> {
                int count = tokenizer.split(word, split);
                long packed = tokenizer.pieces(word);
                if (count > 4) {
                    assertThat(packed).as(word.toString()).isEqualTo(WordPieceTokenizer.MANY);
                } else {
                    assertThat(WordPieceTokenizer.count(packed)).isEqualTo(count);
                    for (int i = 0; i < count; i++) {
                        assertThat(WordPieceTokenizer.piece(packed, i)).isEqualTo(split[i]);
                    }
                }
                return true;
            });
        }
    }

    @Test
    void aVocabularyWithoutAPieceForTheUnknownIsRefused() {
        assertThatThrownBy(() -> new WordPieceTokenizer(List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[UNK]");
    }

    @Test
    void aVocabularyTooLargeToNumberIsRefused() {
        List<String> entries = Collections.nCopies(32_769, "[UNK]");
        assertThatThrownBy(() -> new WordPieceTokenizer(entries))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32769");
    }

    /** Numbers as the model's own tokeniser gives them (Hugging Face tokenizers). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Explain photosynthesis to a ten-year-old, please! | "
                        + "4863 7760 6038 25078 2000 1037 2702 1011 2095 1011 2214 1010 3531 999",
                "Überprüfe die Straßenkarte; señor García isn't here. | "
                        + "19169 18098 16093 2063 3280 2358 27807 25804 19731 1025 12411 2953 7439 3475 1005 1056 2182 1012",
                "SELECT name FROM users WHERE id_nr >= 42; | 7276 2171 2013 5198 2073 8909 1035 17212 1028 1027 4413 1025",
                "Как дела? Йога и ёлка | "
                        + "1189 10260 23925 1184 15290 29436 10260 1029 1188 14150 29741 10260 1188 1185 29436 28598",
                "今天天气很好，東京も | 100 1811 1811 100 100 100 1989 1879 1755 1681",
                "한국어 문장 | 1469 30006 30021 29991 30014 30020 29999 30008 1459 30014 30021 30000 30006 30025",
                "مرحبا بالعالم | 1295 17149 29820 29816 25573 1271 25573 23673 29830 25573 23673 22192",
                "𝒜 😀 naïve\u200bté x²≤½ | 100 100 15743 2618 1060 10701 30135 13714",
            })
    void theShippedVocabularyGivesTheReferencesNumbers(String text, String numbers) {
        int[] target = new int[64];
        int count = new WordPieceTokenizer(TokenTable.shipped().vocabulary()).tokenize(text, target);
        assertThat(Arrays.stream(target, 0, count).mapToObj(Integer::toString)).containsExactly(numbers.split(" ", -1));
    }

    private int[] pieces(String text) {
        int[] target = new int[256];
        int count = tokenizer.tokenize(text, target);
        return Arrays.copyOf(target, count);
    }
}
