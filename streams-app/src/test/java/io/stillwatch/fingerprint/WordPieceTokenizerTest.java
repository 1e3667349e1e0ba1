package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private int[] pieces(String text) {
        int[] target = new int[256];
        int count = tokenizer.tokenize(text, target);
        return Arrays.copyOf(target, count);
    }
}
