package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeReaderTest {
    private static final long MS = 1_790_000_000_123L;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-09-21T14:13:20.123Z",
                "2026-09-21t14:13:20.123z",
                "2026-09-21 14:13:20.123+00:00",
                "2026-09-21T16:13:20.123456789+02:00",
                "2026-09-21T16:13:20.1239+0200",
                "2026-09-21T16:13:20.123+02",
                " 2026-09-21T14:13:20.123Z ",
                "1790000000123",
                "1790000000123.9"
            })
    void timesWithAZoneAndMillisecondsAreTheSameMoment(String text) throws RecordRejected {
        assertThat(TimeReader.fromText("t", text, TimeReader.Unit.MILLISECONDS)).isEqualTo(MS);
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1790000000.123",
        "MILLISECONDS, 1790000000123",
        "MICROSECONDS, 1790000000123456",
        "NANOSECONDS, 1790000000123456789"
    })
    void aKnownUnitConvertsAndAnyUnitIsFoundByMagnitude(TimeReader.Unit unit, BigDecimal value) throws RecordRejected {
        assertThat(TimeReader.fromNumber("t", value, unit)).isEqualTo(MS);
        assertThat(TimeReader.fromNumberOfAnyUnit("t", value)).isEqualTo(MS);
    }

    @ParameterizedTest
    @CsvSource({
        "MILLISECONDS, 1790000000, seconds",
        "MILLISECONDS, 1790000000123456, microseconds",
        "MILLISECONDS, 1790000000123456789, nanoseconds",
        "SECONDS, 1790000000123, milliseconds",
        "NANOSECONDS, 1790000000123, milliseconds"
    })
    void theWrongUnitIsNamed(TimeReader.Unit unit, BigDecimal value, String likely) {
        assertThatThrownBy(() -> TimeReader.fromNumber("t", value, unit))
                .isInstanceOf(RecordRejected.class)
                .hasMessageStartingWith("t " + value + " looks like " + likely + "; ");
    }

    @Property
    void everyMomentFromTheFirstToTheLastIsReadBackFromIsoText(
            @ForAll @LongRange(min = 1_420_070_400_000L, max = 4_102_444_799_999L) long ms,
            @ForAll @IntRange(min = -18, max = 18) int offset)
            throws RecordRejected {
        String text =
                Instant.ofEpochMilli(ms).atOffset(ZoneOffset.ofHours(offset)).toString();

        assertThat(TimeReader.fromText("t", text, TimeReader.Unit.MILLISECONDS)).isEqualTo(ms);
        TimeReader.checkEventTime(ms);
    }

    @Test
    void theBoundsAre2015Inclusive2100ExclusiveAnd2000ForAccounts() throws RecordRejected {
        TimeReader.checkEventTime(1_420_070_400_000L);
        TimeReader.checkEventTime(4_102_444_799_999L);
        TimeReader.checkAccountCreated(946_684_800_000L);

        assertThatThrownBy(() -> TimeReader.checkEventTime(1_420_070_399_999L))
                .hasMessageContaining("is not between 2015-01-01 and 2100-01-01");
        assertThatThrownBy(() -> TimeReader.checkEventTime(4_102_444_800_000L)).isInstanceOf(RecordRejected.class);
        assertThatThrownBy(() -> TimeReader.checkAccountCreated(946_684_799_999L))
                .hasMessageContaining("is not between 2000-01-01 and 2100-01-01");
        assertThatThrownBy(() -> TimeReader.checkEventTime(Long.MIN_VALUE)).isInstanceOf(RecordRejected.class);
        assertThatThrownBy(() -> TimeReader.checkEventTime(Long.MAX_VALUE)).isInstanceOf(RecordRejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-09-21T14:13:20", "2026-09-21 14:13:20.5"})
    void aTimeWithoutAZoneIsRefusedAndToldSo(String text) {
        assertThatThrownBy(() -> TimeReader.fromText("t", text, TimeReader.Unit.SECONDS))
                .hasMessage("t " + text + " has no time zone; say with --zone which one it is in, such as --zone UTC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-09-21",
                "2026-13-45T00:00:00Z",
                "1e400000000",
                "2026-02-30T00:00:00Z",
                "+99999-01-01T00:00:00Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> TimeReader.fromText("t", text, TimeReader.Unit.SECONDS))
                .isInstanceOf(RecordRejected.class);
    }
}
