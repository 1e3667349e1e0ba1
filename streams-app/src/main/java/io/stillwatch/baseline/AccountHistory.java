package io.stillwatch.baseline;

import io.stillwatch.profile.Part;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.RecentRequests;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.schema.RequestFingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One account's past requests by the hour, in whatever order they are added, and the windows that the pipeline would make
 * of them: up to two days of hours, longer ones of whole days and today so far. Mutable and not thread-safe.
 */
public final class AccountHistory {
    private static final long HOUR_MS = 3_600_000;
    private static final long MOST_HOURS = 48;

    /** Hours of a day after which the pipeline has closed the day before. */
    private static final long CLOSED_AFTER_HOURS = 2;

    private final String account;
    private final NavigableMap<Long, StrandedProfile> hours = new TreeMap<>();
    private final RecentRequests recent = new RecentRequests();

    public AccountHistory(String account) {
        this.account = account;
    }

    /** Counts one of its requests in; they come in the order in which they arrived. */
    public void add(RequestFingerprint request) {
        hours.computeIfAbsent(Math.floorDiv(request.getEventTime(), HOUR_MS), hour -> new StrandedProfile())
                .add(request, recent.tie(request));
    }

    /** The account's windows that end with the hour of a moment; milliseconds since 1970. */
    public WindowedProfiles windows(long timeMs, Reference reference) {
        return new Windows(Math.floorDiv(timeMs, HOUR_MS), reference);
    }

    private StrandedProfile between(long first, long last) {
        StrandedProfile merged = new StrandedProfile();
        if (first <= last) {
            hours.subMap(first, true, last, true).values().forEach(merged::merge);
        }
        return merged;
    }

    private final class Windows implements WindowedProfiles {
        private final long hour;
        private final Reference reference;
        private final Map<Duration, StrandedProfile> profiles = new HashMap<>();
        private Optional<OwnBaseline> own;
        private Standing standing;

        Windows(long hour, Reference reference) {
            this.hour = hour;
            this.reference = reference;
        }

        @Override
        public long requests(Duration window) {
            return profile(window).requests();
        }

        @Override
        public StrandedProfile profile(Duration window) {
            return profiles.computeIfAbsent(window, wanted -> between(firstHour(wanted), hour));
        }

        @Override
        public Optional<Subject> subject(Duration window, Part part) {
            return part.of(profile(window))
                    .map(profile -> new Subject(
                            profile,
                            reference.of(
                                    account,
                                    profile,
                                    () -> part.equals(Part.WHOLE) ? change(window) : Optional.empty(),
                                    this::standing)));
        }

        private Optional<Reference.Change> change(Duration window) {
            if (own == null) {
                own = ownBaseline();
            }
            return own.flatMap(before -> between(Math.max(firstHour(window), before.untilHour() + 1), hour)
                    .whole()
                    .promptMean()
                    .map(after -> new Reference.Change(before, after)));
        }

        private Optional<OwnBaseline> ownBaseline() {
            List<Profile> sofar = new ArrayList<>();
            for (Map.Entry<Long, StrandedProfile> pane :
                    hours.headMap(hour, true).entrySet()) {
                sofar.add(pane.getValue().whole());
                Optional<OwnBaseline> frozen = OwnBaseline.of(sofar, pane.getKey());
                if (frozen.isPresent()) {
                    return frozen;
                }
            }
            return Optional.empty();
        }

        private Standing standing() {
            if (standing == null) {
                DayLevels levels = new DayLevels();
                long today = Math.floorDiv(hour, History.HOURS_A_DAY);
                for (long day = today - Evidence.MOST_DAYS;
                        day < Math.floorDiv(hour - CLOSED_AFTER_HOURS, History.HOURS_A_DAY);
                        day++) {
                    long closed = day;
                    DayTraits.level(
                                    between(day * History.HOURS_A_DAY, (day + 1) * History.HOURS_A_DAY - 1),
                                    reference.answers())
                            .ifPresent(level -> levels.add(closed, level));
                }
                standing = new Standing(levels, today, 0);
            }
            return standing;
        }

        private long firstHour(Duration window) {
            return window.toHours() > MOST_HOURS
                    ? (Math.floorDiv(hour, History.HOURS_A_DAY) - window.toDays() + 1) * History.HOURS_A_DAY
                    : hour - Math.max(1, window.toHours()) + 1;
        }

        @Override
        public long startMs(Duration window) {
            return firstHour(window) * HOUR_MS;
        }

        @Override
        public long endMs() {
            return (hour + 1) * HOUR_MS;
        }
    }
}
