package io.stillwatch.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.stillwatch.fingerprint.WordPieceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tokeniser beside the model's own (Hugging Face tokenizers, by way of DJL). */
class ReferenceTokenizerTest {
    private static final List<String> SAMPLES = List.of(
            "The quick brown fox doesn't jump over 13 lazy dogs.",
            "  Ünïcödé, naïve café -- déjà vu!  ",
            "E-mail me at someone@example.org (before 17:30), please...",
            "Grüße aus München: Straße, Maß und Fußgängerübergänge.",
            "¿Dónde está la biblioteca? ¡Mañana será otro día!",
            "Où est la forêt ? L'été dernier, à Orléans.",
            "Příliš žluťoučký kůň úpěl ďábelské ódy.",
            "İstanbul'da ılık bir gün; ŞIK bir çanta.",
            "Как дела? Сегодня хорошая погода, йогурт и ёлка.",
            "Καλημέρα κόσμε, τι κάνεις; ΟΔΟΣ Σισύφου",
            "مرحبا بالعالم، كيف حالك؟",
            "שלום עולם, מה שלומך?",
            "请把这句话翻译成英文。今天天气很好！",
            "今日はとても良い天気ですね。カタカナとひらがな、ガギグ。",
            "안녕하세요, 오늘 날씨가 좋네요. 값",
            "สวัสดีชาวโลก วันนี้อากาศดี",
            "नमस्ते दुनिया, आप कैसे हैं?",
            "x² + y² = z² ∑ α≤β → ∞ ½ ℝ ﬁne Å Ω",
            "emoji 😀👍🏽 and 𝒜 math, flags 🇩🇪, ideograph 𠀀𠮷",
            "def f(x):\n\treturn x**2  # comment\r\n",
            "SELECT * FROM t WHERE a_b >= 10 AND c IS NOT NULL;",
            "zero\u200bwidth soft\u00adhyphen nbsp\u00a0here \ufeffbom \u0000null \ufffdreplacement",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b",
            "8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92");

    private static HuggingFaceTokenizer reference;
    private static WordPieceTokenizer tokenizer;

    @BeforeAll
    static void loadBoth() throws IOException {
        reference = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(ModelFiles.read(ModelFiles.TOKENIZER)),
                Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false"));
        tokenizer = new WordPieceTokenizer(ModelFiles.vocabulary());
    }

    @AfterAll
    static void closeReference() {
        reference.close();
    }

    @Test
    void sentencesInManyLanguagesGetTheReferencesPieces() {
        for (String sample : SAMPLES) {
            assertThat(ours(sample)).as(sample).isEqualTo(theirs(sample));
        }
    }

    /**
     * The reference's Unicode tables are some versions older than any supported JDK's, so it takes a few hundred marks and
     * punctuation characters of rarely written scripts for letters; nothing else may differ.
     */
    @Test
    void everyCodePointIsFoldedAsTheReferenceFoldsItButForMarksNewerThanItsUnicode() {
        List<String> different = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (isComparable(codePoint)) {
                text.setLength(0);
                text.append("x ma").appendCodePoint(codePoint).append("in ").appendCodePoint(codePoint);
                if (!isNewerThanReference(codePoint)
                        && !Arrays.equals(ours(text.toString()), theirs(text.toString()))) {
                    different.add(Integer.toHexString(codePoint) + " " + Character.getName(codePoint));
                }
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void randomMixturesGetTheReferencesPieces() {
        Random random = new Random(17);
        String[] parts = String.join(" ", SAMPLES).split("", -1);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                String part = parts[random.nextInt(parts.length)];
                text.append(Character.isSurrogate(part.isEmpty() ? ' ' : part.charAt(0)) ? " " : part);
            }
            assertThat(ours(text.toString())).as(text.toString()).isEqualTo(theirs(text.toString()));
        }
    }

    /** Surrogates are no characters by themselves; planes 4 to 13 are empty. */
    private static boolean isComparable(int codePoint) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return !surrogate && (codePoint < 0x40000 || (codePoint >= 0xE0000 && codePoint < 0xE0200));
    }

    private static boolean isNewerThanReference(int codePoint) {
        boolean everyday = codePoint < 0x7FD
                || (codePoint >= 0x1E00 && codePoint < 0x2E43)
                || (codePoint >= 0x3000 && codePoint < 0xA000)
                || (codePoint >= 0xAC00 && codePoint < 0x10000);
        boolean combiningExtension = codePoint >= 0x1DC0 && codePoint < 0x1E00;
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.OTHER_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.FORMAT -> !everyday || combiningExtension;
            default -> codePoint == 0x166D; // A punctuation character until Unicode 12, a symbol since.
        };
    }

    private static int[] ours(String text) {
        int[] pieces = new int[4 * text.length()];
        int count = tokenizer.tokenize(text, pieces);
        return Arrays.copyOf(pieces, count);
    }

    private static int[] theirs(String text) {
        return Arrays.stream(reference.encode(text).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
