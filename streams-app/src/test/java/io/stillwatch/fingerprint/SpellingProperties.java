package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Spellings of a prompt that must not hide it. */
class SpellingProperties {
    private static final List<String> INVISIBLE = List.of(
            "\u200B",
            "\u200C",
            "\u200D",
            "\u2060",
            "\uFEFF",
            "\u00AD",
            "\u034F",
            "\uFE0F",
            "\u202E",
            "\uDB40\uDC41",
            "\u115F",
            "\u3164",
            "\uFFA0",
            "\u0007");
    private static final List<String> BLANK =
            List.of(" ", "\t", "\r", "\u000B", "\f", "\u0085", "\u00A0", "\u1680", "\u2003", "\u3000", "\u2800");

    private final Fingerprinter fingerprinter = new Fingerprinter();

    @Property(tries = 1_000)
    void equivalentFormsHaveOneFingerprintButForTheEmbedding(
            @ForAll("texts") String text, @ForAll Normalizer.Form form) {
        assertSameContent(Normalizer.normalize(text, form), text);
    }

    @Property
    void invisibleCharactersChangeNothing(@ForAll("texts") String text, @ForAll long seed) {
        assertSameContent(strewn(text, seed), text);
    }

    @Property
    void whichWhiteSpacePartsTwoWordsChangesNothing(@ForAll("texts") String text, @ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder spaced = new StringBuilder(BLANK.get(random.nextInt(BLANK.size())));
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == ' ') {
                for (int more = random.nextInt(3); more >= 0; more--) {
                    spaced.append(BLANK.get(random.nextInt(BLANK.size())));
                }
            } else {
                spaced.append(unit);
            }
        }
        assertSameContent(spaced + " ", text);
    }

    @Property(tries = 1_000)
    void anySequenceOfUtf16UnitsHasTheSameFingerprintTwiceAndInAUsedRecord(@ForAll("units") String text) {
        RequestFingerprint first = of(text);
        RequestFingerprint used = of("a record \"used\" before, see https://a.example");

        fingerprinter.fingerprint(event(text), used);

        assertThat(new Fingerprinter().fingerprint(event(text))).isEqualTo(first);
        assertThat(used).isEqualTo(first);
    }

    private void assertSameContent(String spelling, String text) {
        RequestFingerprint one = of(spelling);
        RequestFingerprint other = of(text);
        assertThat(one.getExactHash()).isEqualTo(other.getExactHash());
        assertThat(one.getSkeletonHash()).isEqualTo(other.getSkeletonHash());
        assertThat(one.getHeadKey()).isEqualTo(other.getHeadKey());
        assertThat(one.getTailKey()).isEqualTo(other.getTailKey());
        assertThat(one.getShingles()).isEqualTo(other.getShingles());
        assertThat(one.getMarkers()).isEqualTo(other.getMarkers());
        assertThat(one.getWords()).isEqualTo(other.getWords());
    }

    private static String strewn(String text, long seed) {
        Random random = new Random(seed);
        StringBuilder strewn = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            if (random.nextInt(4) == 0) {
                strewn.append(INVISIBLE.get(random.nextInt(INVISIBLE.size())));
            }
            strewn.appendCodePoint(codePoint);
        });
        return strewn.append(INVISIBLE.get(random.nextInt(INVISIBLE.size()))).toString();
    }

    private RequestFingerprint of(String prompt) {
        return fingerprinter.fingerprint(event(prompt));
    }

    private static RequestEvent event(String prompt) {
        return RequestEvent.newBuilder()
                .setEventId("e")
                .setEventTime(1)
                .setAccountId("a")
                .setPrompt(prompt)
                .build();
    }

    /** Well-formed texts: ordinary ones, and ones of any code points without line breaks. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> ordinary = Arbitraries.of(
                        "Éclair",
                        "naïve",
                        "ﬁnd",
                        "１２３",
                        "step",
                        "by",
                        "\"quoted",
                        "part\"",
                        "don’t",
                        "it's",
                        "ＡＢＣ",
                        "①",
                        "½",
                        "…",
                        "한국어",
                        "日本語",
                        "ステップバイステップ",
                        "ｽﾃｯﾌﾟ",
                        "Ωμέγα",
                        "Привет",
                        "straße",
                        "𝒜𝓑",
                        "😀",
                        "https://a.example/x",
                        "x2",
                        "Maria",
                        ":",
                        "`code`",
                        "हिन्दी",
                        "?",
                        "translate")
                .list()
                .ofMaxSize(40)
                .map(words -> String.join(" ", words));
        Arbitrary<String> any = codePoints()
                .list()
                .ofMaxSize(60)
                .map(list -> list.stream().map(Character::toString).reduce("", String::concat));
        return Combinators.combine(ordinary, any, ordinary).as((first, middle, last) -> first + middle + last);
    }

    /** Any units at all, and ordinary words among unpaired surrogates, longer than what is read at once. */
    @Provide
    Arbitrary<String> units() {
        Arbitrary<String> any =
                Arbitraries.strings().withCharRange('\u0000', '\uffff').ofMaxLength(200);
        Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(200);
        Arbitrary<Integer> times = Arbitraries.integers().between(1, 12);
        return Combinators.combine(ascii, any, ascii, times)
                .as((first, middle, last, count) -> (first + middle + last).repeat(count));
    }

    private static Arbitrary<Integer> codePoints() {
        Arbitrary<Integer> latin = Arbitraries.integers().between(0x20, 0x24F);
        Arbitrary<Integer> basic = Arbitraries.integers().between(0x250, 0xFFFF);
        Arbitrary<Integer> beyond = Arbitraries.integers().between(0x10000, 0x2FFFF);
        return Arbitraries.oneOf(latin, basic, beyond)
                .filter(point -> Character.isDefined(point)
                        && (point > 0xFFFF || !Character.isSurrogate((char) point.intValue()))
                        && point != 0x2028
                        && point != 0x2029);
    }
}
