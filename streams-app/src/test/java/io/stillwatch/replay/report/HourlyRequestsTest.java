package io.stillwatch.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class HourlyRequestsTest {
    private static final long HOUR_MS = 3_600_000;

    @Test
    void hoursWithoutRequestsAreThereToo() {
        HourlyRequests hours = new HourlyRequests();
        hours.add(10 * HOUR_MS + 5);
        hours.add(10 * HOUR_MS + 7);
        hours.add(13 * HOUR_MS - 1);

        assertThat(hours.bars(10)).isEqualTo(new HourlyRequests.Bars(10 * HOUR_MS, 1, List.of(2L, 0L, 1L)));
        assertThat(hours.bars(2)).isEqualTo(new HourlyRequests.Bars(10 * HOUR_MS, 2, List.of(2L, 1L)));
        assertThat(hours.highest()).isEqualTo(2);
    }

    @Property(tries = 200)
    void noMoreBarsThanThereIsRoomForAndNoRequestIsLost(
            @ForAll @NotEmpty List<@IntRange(min = -1_000, max = 100_000) Integer> at,
            @ForAll @IntRange(min = 1, max = 200) int most) {
        HourlyRequests hours = new HourlyRequests();
        at.forEach(hour -> hours.add(hour * HOUR_MS));

        HourlyRequests.Bars bars = hours.bars(most);
        assertThat(bars.counts().size()).isBetween(1, most);
        assertThat(bars.counts().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(hours.total())
                .isEqualTo(at.size());
        assertThat(bars.toMs())
                .isGreaterThan(at.stream().mapToLong(Integer::longValue).max().orElseThrow() * HOUR_MS);
    }
}
