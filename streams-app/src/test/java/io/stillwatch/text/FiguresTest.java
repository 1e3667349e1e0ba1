package io.stillwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AnyAlert;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "0.97, 97 %",
        "0.9714, 97.1 %",
        "1, 100 %",
        "1.2, 120 %",
        "0.0002, <0.1 %",
        "0.99996, >99.9 %",
        "0.999, 99.9 %",
        "-0.5, -50 %",
        "12.5, '1,250 %'"
    })
    void aShareIsGivenInPercent(double share, String words) {
        assertThat(Figures.share(share)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7.96, 7.96",
        "3.14159, 3.14",
        "58, 58",
        "999.96, '1,000'",
        "1371.5, '1,372'",
        "1e12, '1,000,000,000,000'",
        "0.00004, <0.001",
        "-0.00004, >-0.001",
        "1e300, 1.0E300",
        "-12.345, -12.3"
    })
    void aNumberIsGivenToThreeDigitsOrWhole(double number, String words) {
        assertThat(Figures.number(number)).isEqualTo(words);
    }

    @Test
    void whatIsNoNumberIsSaidSo() {
        assertThat(Figures.number(Double.NaN)).isEqualTo("not a number");
        assertThat(Figures.share(Double.NEGATIVE_INFINITY)).isEqualTo("minus infinite");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 tokens",
        "1, 1 token",
        "999999, '999,999 tokens'",
        "6120455, 6.1 M tokens",
        "31900000000, '31,900.0 M tokens'"
    })
    void tokensAreGivenInMillionsFromOneMillionOn(long tokens, String words) {
        assertThat(Figures.tokens(tokens)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, share, 90 %",
        "58, count, 58",
        "1371.5, tokens, '1,372 tokens'",
        "2000000, tokens, 2.0 M tokens",
        "20, accounts, 20 accounts",
        "0.25, '', 0.25"
    })
    void aValueIsGivenInItsUnit(double value, String unit, String words) {
        assertThat(Figures.value(value, unit)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "PT24H, 24 h",
        "PT1H, 1 h",
        "P30D, 30 days",
        "P2D, 2 days",
        "PT36H, 36 h",
        "PT90M, 90 min",
        "PT5M, 5 min",
        "PT90S, 90 s",
        "PT0S, PT0S",
        "soon, soon",
        "-PT1H, -PT1H"
    })
    void aWindowIsNamedByItsLength(String duration, String words) {
        assertThat(Figures.window(duration)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "1, as high as any baseline account",
        "0.999, no lower than 99.9 % of baseline accounts",
        "0.99999, no lower than 99.9 % of baseline accounts",
        "0.5, no lower than 50 % of baseline accounts",
        "NaN, of unknown rank",
        "0.004, lower than 99.6 % of baseline accounts",
        "0, lower than every baseline account"
    })
    void aRankIsGivenFromTheNearerEnd(double quantile, String words) {
        assertThat(Figures.rank(quantile)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"1, ≥ all", "0.99999, ≥ 99.9 %", "0.5, ≥ 50 %", "NaN, -", "0.004, < 99.6 %", "0, < all"})
    void aRankIsGivenInSignsWhereThereIsLittleRoom(double quantile, String signs) {
        assertThat(Figures.rankInSigns(quantile)).isEqualTo(signs);
    }

    @Property
    void everyNumberHasAShortName(@ForAll("numbers") double number) {
        assertThat(Figures.number(number)).isNotEmpty().hasSizeLessThan(26);
        assertThat(Figures.share(number)).isNotEmpty().hasSizeLessThan(30);
        assertThat(Figures.value(number, "tokens")).isNotEmpty().hasSizeLessThan(40);
        assertThat(Figures.rank(number)).isNotEmpty();
    }

    @Provide
    Arbitrary<Double> numbers() {
        return AnyAlert.numbers();
    }
}
