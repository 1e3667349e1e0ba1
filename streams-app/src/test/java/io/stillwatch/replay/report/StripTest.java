package io.stillwatch.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Usual;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StripTest {
    private static final Pattern PLACE = Pattern.compile(" (?:x|x1|x2|cx|width)=\"([^\"]*)\"");

    private static String strip(double value, String unit, Optional<Double> threshold, Optional<Usual> usual)
            throws IOException {
        StringBuilder out = new StringBuilder();
        HtmlWriter html = new HtmlWriter(out);
        out.setLength(0);
        Strip.write(html, value, unit, threshold, usual);
        return out.toString();
    }

    @Test
    void aShareStandsOnAScaleFromNothingToAll() throws IOException {
        assertThat(strip(0.5, "share", Optional.of(0.25), Optional.of(new Usual(0, 0.1, 1))))
                .contains("cx=\"120.0\"", "x1=\"63.5\"")
                .contains("class=\"usual\" x=\"7.0\" y=\"5.0\" width=\"226.0\"");
    }

    @Test
    void valuesFarApartAreToldApartOnALogarithmicScale() throws IOException {
        String strip = strip(100_000, "count", Optional.of(1_000.0), Optional.of(new Usual(10, 20, 40)));

        // A linear scale would draw threshold and band within three units of the left end.
        Matcher asked = Pattern.compile("x1=\"([0-9.]+)\"").matcher(strip);
        assertThat(asked.find()).isTrue();
        assertThat(Double.parseDouble(asked.group(1))).isBetween(130.0, 160.0);
    }

    @Test
    void aValueWithNothingBesideItIsNotDrawn() throws IOException {
        assertThat(strip(3, "count", Optional.empty(), Optional.empty())).isEmpty();
        assertThat(strip(Double.NaN, "count", Optional.of(1.0), Optional.empty()))
                .isEmpty();
        assertThat(strip(1, "count", Optional.of(Double.POSITIVE_INFINITY), Optional.empty()))
                .isEmpty();
    }

    @Property(tries = 300)
    void whateverTheValuesNothingIsDrawnOutsideTheStrip(
            @ForAll double value, @ForAll double threshold, @ForAll double low, @ForAll double high)
            throws IOException {
        Usual usual = new Usual(Math.min(low, high), low, Math.max(low, high));
        for (String unit : new String[] {"share", "count"}) {
            Matcher places = PLACE.matcher(strip(value, unit, Optional.of(threshold), Optional.of(usual)));
            while (places.find()) {
                assertThat(Double.parseDouble(places.group(1))).isBetween(0.0, 240.0);
            }
        }
    }
}
