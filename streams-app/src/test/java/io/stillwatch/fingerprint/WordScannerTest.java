package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordScannerTest {
    private record Seen(String word, int start, int end) {}

    private final WordScanner scanner = new WordScanner();

    @Test
    void wordsAreLowerCaseWithoutAccentsAndPunctuationStandsAlone() {
        assertThat(words("  Écris-moi   UNE\tlettre, s'il\nte plaît!"))
                .containsExactly("ecris", "-", "moi", "une", "lettre", ",", "s", "'", "il", "te", "plait", "!");
    }

    @Test
    void ideographsAreWordsOfTheirOwnEvenBeyondTheBasicPlane() {
        assertThat(words("写一首诗abc𠮷野")).containsExactly("写", "一", "首", "诗", "abc", "𠮷", "野");
    }

    @Test
    void controlAndFormatCharactersVanishWithoutSplittingAWord() {
        assertThat(words("ze\u200bro so\u00adft nu\u0000ll")).containsExactly("zero", "soft", "null");
    }

    @Test
    void unpairedSurrogatesVanish() {
        assertThat(words("a\ud83db \ude00c d\ud83d")).containsExactly("ab", "c", "d");
    }

    @Test
    void hangulSyllablesFallApartIntoTheirLetters() {
        assertThat(words("한")).containsExactly("\u1112\u1161\u11ab");
    }

    @Test
    void everyWordKnowsWhereItStands() {
        assertThat(scan("Ab, 😀x 字"))
                .containsExactly(new Seen("ab", 0, 2), new Seen(",", 2, 3), new Seen("😀x", 4, 7), new Seen("字", 8, 9));
    }

    @Test
    void aSinkThatWantsNoMoreGetsNoMore() {
        List<String> words = new ArrayList<>();
        scanner.scan("one two three", word -> {
            words.add(word.toString());
            return words.size() < 2;
        });
        assertThat(words).containsExactly("one", "two");
        assertThat(words("four")).containsExactly("four");
    }

    @Test
    void longTextsReadLikeTheirPartsWhereverTheReaderPauses() {
        for (int padding = 1_015; padding < 1_030; padding++) {
            String text = "x ".repeat(padding / 2) + "y".repeat(padding % 2) + "boundary😀𠮷 end";
            List<String> words = words(text);
            assertThat(words.subList(words.size() - 3, words.size()))
                    .containsExactly((padding % 2 == 0 ? "" : "y") + "boundary😀", "𠮷", "end");
        }
    }

    @Test
    void anyKindOfCharSequenceReadsTheSame() {
        String text = "Some text, über 12 words.";
        StringBuilder builder = new StringBuilder();
        text.chars().forEach(character -> builder.append((char) character));
        assertThat(scan(builder)).isEqualTo(scan(text));
        assertThat(scan(CharBuffer.wrap(text))).isEqualTo(scan(text));
    }

    @Test
    void aWordsHashIsThatOfItsCharacters() {
        String text = "short anexactlyfourteen averyveryverylongword straße привет 字 😀 𠮷 " + "z".repeat(300);
        scanner.scan(text, word -> {
            assertThat(word.hash()).as(word.toString()).isEqualTo(Word.hash(word.toString()));
            return true;
        });
    }

    @Test
    void differentWordsHaveDifferentHashes() {
        List<String> words = List.of(
                "a",
                "b",
                "aa",
                "ab",
                "ba",
                "abcdefg",
                "abcdefh",
                "abcdefgh",
                "habcdefg",
                "abcdefghijklmn",
                "abcdefghijklmno",
                "bcdefghijklmnoa",
                "straße",
                "strase",
                "привет",
                "приветы",
                "字");
        assertThat(words.stream().map(Word::hash).distinct()).hasSameSizeAs(words);
    }

    @Test
    void ofAnOverlongWordTheFirst256CharactersAreKept() {
        assertThat(scan("a" + "b".repeat(999) + " c"))
                .containsExactly(new Seen("a" + "b".repeat(255), 0, 1_000), new Seen("c", 1_001, 1_002));
    }

    private List<String> words(CharSequence text) {
        return scan(text).stream().map(Seen::word).toList();
    }

    private List<Seen> scan(CharSequence text) {
        List<Seen> seen = new ArrayList<>();
        scanner.scan(text, word -> {
            seen.add(new Seen(word.toString(), word.start(), word.end()));
            return true;
        });
        return seen;
    }
}
