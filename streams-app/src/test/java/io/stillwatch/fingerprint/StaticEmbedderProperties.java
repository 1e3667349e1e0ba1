package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StaticEmbedderProperties {
    private static final int DIMENSIONS = StaticEmbedder.DIMENSIONS;

    private final StaticEmbedder embedder = new StaticEmbedder();
    private final float[] sum = new float[DIMENSIONS];

    @Property
    void aQuantisedComponentIsWithinHalfAStepOfTheUnitVectors(@ForAll("vectors") float[] vector) {
        byte[] quantised = StaticEmbedder.toUnitBytes(vector);
        double length = length(vector);
        for (int i = 0; i < DIMENSIONS; i++) {
            double unit = length == 0 ? 0 : vector[i] / length;
            assertThat(quantised[i] / 127.0).isCloseTo(unit, within(0.5 / 127 + 1e-9));
        }
    }

    @Property
    void theLengthOfAVectorDoesNotChangeItsQuantisedForm(
            @ForAll("vectors") float[] vector, @ForAll @IntRange(min = -10, max = 10) int power) {
        float[] scaled = vector.clone();
        for (int i = 0; i < DIMENSIONS; i++) {
            scaled[i] *= (float) Math.pow(2, power);
        }
        assertThat(StaticEmbedder.toUnitBytes(scaled)).isEqualTo(StaticEmbedder.toUnitBytes(vector));
    }

    @Property
    void anySequenceOfUtf16UnitsEmbedsAlikeEveryTime(
            @ForAll("units") String text, @ForAll @IntRange(min = 0, max = 300) int limit) {
        int tokens = embedder.embed(text, limit, sum);
        float[] first = sum.clone();
        assertThat(tokens).isBetween(0, limit);
        assertThat(new StaticEmbedder().embed(text, limit, sum)).isEqualTo(tokens);
        assertThat(sum).containsExactly(first);
    }

    @Property
    void theWordsOfAnyTextLieInItInOrder(@ForAll("units") String text) {
        int[] last = {0};
        new WordScanner().scan(text, word -> {
            assertThat(word.length()).isBetween(1, Word.CAPACITY);
            assertThat(word.start()).isGreaterThanOrEqualTo(last[0]);
            assertThat(word.end()).isGreaterThan(word.start());
            last[0] = word.start();
            return true;
        });
        assertThat(last[0]).isLessThanOrEqualTo(text.length());
    }

    /** From all zero to sums of a long text. */
    @Provide
    Arbitrary<float[]> vectors() {
        return Arbitraries.floats().between(-1e6f, 1e6f).array(float[].class).ofSize(DIMENSIONS);
    }

    /** Any units at all, ordinary letters, and texts longer than what the scanner reads at once. */
    @Provide
    Arbitrary<String> units() {
        Arbitrary<String> any =
                Arbitraries.strings().withCharRange('\u0000', '\uffff').ofMaxLength(300);
        Arbitrary<String> letters = Arbitraries.strings().ascii().ofMaxLength(300);
        Arbitrary<String> surrogates =
                Arbitraries.strings().withCharRange('\ud7f0', '\ue00f').ofMaxLength(300);
        Arbitrary<Integer> times = Arbitraries.integers().between(1, 8);
        return Arbitraries.oneOf(any, letters, surrogates).flatMap(text -> times.map(text::repeat));
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        return Math.sqrt(squares);
    }
}
