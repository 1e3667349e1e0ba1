package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What is found quickly is what is found slowly: fields by their names, and times. */
class SpellingTest {
    private static final String[] SPELLINGS = {
        "account_id", "accountId", "Account-ID", "__a", "A", "\u212aey", "key", "x", ""
    };

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of(SPELLINGS),
                Arbitraries.strings()
                        .withChars("aAbBkK\u212azZ_-.1\u00e4\u00c4\u0130i")
                        .ofMaxLength(4));
    }

    @Property(tries = 2_000)
    void noNameThatIsTheSameIsSaidToBeMissing(@ForAll("names") String field, @ForAll("names") String asked) {
        SpelledObject object = new SpelledObject();
        object.put(field, 1);

        boolean found = Tree.isPresent(Tree.folded(object, asked));

        assertThat(found).isEqualTo(field.equals(asked) || Tree.isSameName(field, asked));
    }

    @Property(tries = 1_000)
    void aNumberOfAnyUnitIsReadAsItsDecimalIs(@ForAll @LongRange(min = -5, max = Long.MAX_VALUE) long number) {
        Optional<Long> slow = ofDecimal(number);

        assertThat(read(Long.toString(number))).isEqualTo(slow);
    }

    @Property(tries = 1_000)
    void aLikelyNumberOfAnyUnitIsReadAsItsDecimalIs(
            @ForAll @LongRange(min = 1_400_000_000L, max = 4_200_000_000L) long seconds) {
        for (long unit = 1; unit <= 1_000_000_000; unit *= 1_000) {
            assertThat(read(Long.toString(seconds * unit))).isEqualTo(ofDecimal(seconds * unit));
        }
    }

    private static Optional<Long> read(String text) {
        try {
            return Optional.of(TimeReader.fromTextOfAnyUnit("t", text, Optional.of(ZoneOffset.UTC)));
        } catch (RecordRejected e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> ofDecimal(long number) {
        try {
            return Optional.of(TimeReader.fromNumberOfAnyUnit("t", BigDecimal.valueOf(number)));
        } catch (RecordRejected e) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<LocalDateTime> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 4_102_444_799L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as((seconds, nanos) -> LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC));
    }

    @Property(tries = 1_000)
    void aTimeAsNearlyAllWriteItIsTheOneThatWasWritten(@ForAll("times") LocalDateTime time) {
        for (String zone : new String[] {"Z", " UTC", "", "+00:00"}) {
            WrittenTime read = WrittenTime.of(time + (time.getSecond() == 0 && time.getNano() == 0 ? ":00" : "") + zone)
                    .orElseThrow();

            assertThat(read.local()).isEqualTo(time);
            assertThat(read.zone().isPresent()).isEqualTo(!zone.isEmpty());
        }
    }

    @Property(tries = 500)
    void aTimeOutOfTheCalendarIsNone(
            @ForAll @IntRange(min = 0, max = 14) int month, @ForAll @IntRange(min = 0, max = 33) int day) {
        boolean exists = month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(2027, month).lengthOfMonth();

        assertThat(WrittenTime.of(String.format("2027-%02d-%02dT09:30:00Z", month, day))
                        .isPresent())
                .isEqualTo(exists);
    }
}
