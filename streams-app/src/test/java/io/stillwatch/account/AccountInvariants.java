package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold of an account's entry at any time: its index, its panes and the shelf agree. */
public final class AccountInvariants {
    private AccountInvariants() {}

    /**
     * Checks an entry.
     *
     * @param firstHour shelves of hours from this one on are kept
     * @param firstDay shelves of days from this one on are kept
     */
    public static void check(AccountEntry entry, PaneShelf shelf, long firstHour, long firstDay) {
        AccountState state = entry.state;
        long newest = state.hours.isEmpty() ? Long.MIN_VALUE : entry.newestHour();
        for (long hour : times(entry.hours)) {
            assertThat(state.hours.contains(hour))
                    .as("hour %d in memory is in the index", hour)
                    .isTrue();
        }
        for (long hour : times(entry.dirtyHours)) {
            assertThat(state.hours.contains(hour))
                    .as("changed hour %d is in the index", hour)
                    .isTrue();
            assertThat(hour).as("the newest hour is in the record").isNotEqualTo(newest);
        }
        for (long day : times(entry.dirtyDays)) {
            assertThat(state.days.contains(day))
                    .as("changed day %d is in the index", day)
                    .isTrue();
            assertThat(day).as("a changed day is rolled").isLessThan(state.rolledBefore);
        }
        for (long hour : state.hours.between(Long.MIN_VALUE, Long.MAX_VALUE)) {
            if (hour == newest) {
                assertThat(entry.hours.get(hour))
                        .as("the newest pane is in the record")
                        .isNotNull();
            }
            Optional<StrandedProfile> pane = Optional.ofNullable(entry.hours.get(hour))
                    .or(() -> Optional.ofNullable(entry.dirtyHours.get(hour)))
                    .or(() -> stored(shelf, PaneShelf.Place.hour(state.hours.shelf(hour), hour, entry.account)));
            if (pane.isPresent() || state.hours.shelf(hour) >= firstHour) {
                assertThat(pane).as("hour %d is somewhere", hour).isPresent();
                assertThat(pane.get().requests())
                        .as("requests of hour %d", hour)
                        .isEqualTo(state.hours.requests(hour, hour));
            }
        }
        for (long day : state.days.between(Long.MIN_VALUE, Long.MAX_VALUE)) {
            Optional<StrandedProfile> pane = Optional.ofNullable(entry.dirtyDays.get(day))
                    .or(() -> stored(shelf, PaneShelf.Place.day(state.days.shelf(day), day, entry.account)));
            if (pane.isPresent() || state.days.shelf(day) >= firstDay) {
                assertThat(pane).as("day %d is somewhere", day).isPresent();
                assertThat(pane.get().requests())
                        .as("requests of day %d", day)
                        .isEqualTo(state.days.requests(day, day));
            }
        }
        assertThat(state.hours.size()).isLessThanOrEqualTo(PaneTimeline.MOST_HOURS + 2);
        assertThat(entry.seen.size()).isLessThanOrEqualTo(AccountEntry.MOST_SEEN_HOURS);
        if (state.timerMinute == AccountState.NO_TIMER) {
            assertThat(state.hours.isEmpty() && state.days.isEmpty() && !state.alerts.isEmpty() || state.requests == 0)
                    .as("only an account of which nothing but an alert is left has no timer")
                    .isTrue();
        }
    }

    private static List<Long> times(HourMap<?> map) {
        List<Long> times = new ArrayList<>();
        map.forEach((time, value) -> times.add(time));
        return times;
    }

    private static Optional<StrandedProfile> stored(PaneShelf shelf, PaneShelf.Place place) {
        return place.shelf() == PaneIndex.NOWHERE
                ? Optional.empty()
                : shelf.get(place).map(StrandedProfileCodec::decode);
    }
}
