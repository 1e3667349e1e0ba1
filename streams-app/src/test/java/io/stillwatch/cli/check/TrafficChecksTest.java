package io.stillwatch.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.SourceLosses;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficChecksTest {
    private static Checkup of(long records, long late, long unreadable) {
        return TrafficChecks.losses(List.of(SourceLosses.newBuilder()
                .setSource("s")
                .setPartition(0)
                .setTime(0)
                .setRecords(records)
                .setCounted(records - late - unreadable)
                .setLate(late)
                .setDuplicate(0)
                .setUnreadable(unreadable)
                .setAhead(0)
                .setEvicted(0)
                .build()));
    }

    @Test
    void garbageIsToldAndManyLossesAreAWarning() {
        assertThat(of(100, 0, 0)).isEqualTo(Checkup.ok("losses", "100 records, none lost"));
        assertThat(of(1_000, 0, 3).outcome()).isEqualTo(Checkup.Outcome.OK);
        assertThat(of(1_000, 0, 3).line().plain()).contains("3 could not be read", "stillwatch losses");
        assertThat(of(100, 3, 0).outcome()).isEqualTo(Checkup.Outcome.WARN);
        assertThat(TrafficChecks.losses(List.of())).isEqualTo(Checkup.ok("losses", "nothing has come yet"));
    }

    @Test
    void requestsOnWrongPartitionsAreAWarningThatSaysHowToPlaceThem() {
        assertThat(TrafficChecks.placed(800, 0).outcome()).isEqualTo(Checkup.Outcome.OK);
        assertThat(TrafficChecks.placed(800, 5).outcome()).isEqualTo(Checkup.Outcome.WARN);
        assertThat(TrafficChecks.placed(800, 5).line().plain()).contains("5 of the newest 800", "murmur2_random");
    }
}
