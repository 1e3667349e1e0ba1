package io.stillwatch.topology.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeTextTest {
    private static final long YEAR_12000_MS = 316_500_000_000_000L;

    @Property
    void anyTimeIsWrittenAsInstantWritesIt(@ForAll @LongRange(min = -YEAR_12000_MS, max = YEAR_12000_MS) long timeMs) {
        assertThat(text(timeMs)).isEqualTo(Instant.ofEpochMilli(timeMs).toString());
    }

    @Test
    void wholeSecondsHaveNoFraction() {
        assertThat(text(0)).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(text(1_777_878_000_050L)).isEqualTo("2026-05-04T07:00:00.050Z");
        assertThat(text(253_402_300_799_999L)).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(text(253_402_300_800_000L)).isEqualTo("+10000-01-01T00:00:00Z");
    }

    private static String text(long timeMs) {
        return new String(TimeText.of(timeMs), StandardCharsets.US_ASCII);
    }
}
