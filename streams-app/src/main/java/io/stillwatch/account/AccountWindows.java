package io.stillwatch.account;

import io.stillwatch.baseline.EvidenceBasis;
import io.stillwatch.baseline.Reference;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.SoughtRequests;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An account's windows that end with an hour.
 *
 * <p>Up to two days they are made of hour panes: a window of 24 h that ends with the hour from 14:00 begins at 15:00 the
 * day before. Longer ones are made of day panes and begin at midnight UTC: 30 days are today so far and the 29 days
 * before.
 */
public final class AccountWindows implements WindowedProfiles {
    private static final long MOST_HOURS = 48;
    private static final Duration SOUGHT_WINDOW = Duration.ofDays(SoughtRequests.DAYS);
    private static final long HOURS_A_DAY = 24;

    private final PaneTimeline timeline;
    private final ActiveAccounts active;
    private final AccountEntry entry;
    private final long hour;
    private final Reference reference;
    private final int partitions;
    private final Map<Duration, StrandedProfile> profiles = new HashMap<>();

    AccountWindows(
            PaneTimeline timeline,
            ActiveAccounts active,
            int partitions,
            AccountEntry entry,
            long hour,
            Reference reference) {
        this.timeline = timeline;
        this.active = active;
        this.entry = entry;
        this.hour = hour;
        this.reference = reference;
        this.partitions = partitions;
    }

    @Override
    public long requests(Duration window) {
        long first = firstHour(window);
        return isLong(window)
                ? PaneTimeline.requestsInDays(entry, EventTime.dayOf(first), hour)
                : entry.state.hours.requests(first, hour);
    }

    @Override
    public StrandedProfile profile(Duration window) {
        return profiles.computeIfAbsent(window, this::make);
    }

    private StrandedProfile make(Duration window) {
        long first = firstHour(window);
        return isLong(window) ? timeline.days(entry, EventTime.dayOf(first), hour) : timeline.hours(entry, first, hour);
    }

    @Override
    public Optional<Subject> subject(Duration window, Part part) {
        return requestsOf(window, part)
                .map(profile -> new Subject(
                        profile,
                        reference.of(
                                entry.account,
                                profile,
                                () -> profile(window).whole(),
                                () -> part.equals(Part.WHOLE) ? change(window) : Optional.empty(),
                                this::standing)));
    }

    private Optional<Profile> requestsOf(Duration window, Part part) {
        if (!part.equals(Part.SOUGHT)) {
            return part.of(profile(window));
        }
        return window.equals(SOUGHT_WINDOW) ? entry.state.sought.profile(EventTime.dayOf(hour)) : Optional.empty();
    }

    /** The partition's accounts stand for those of all, as accounts are spread by their hash. */
    private EvidenceBasis standing() {
        long today = EventTime.dayOf(hour);
        return new EvidenceBasis(entry.state.levels, today, (double) active.before(today) * partitions);
    }

    /** The account's own baseline beside what came after it, as far as that lies in the window. */
    private Optional<Reference.Change> change(Duration window) {
        return entry.state.own.flatMap(own -> Optional.of(
                        since(own.untilHour() + 1, window).whole())
                .filter(after -> after.promptMean().isPresent())
                .map(after -> new Reference.Change(
                        own, after, entry.state.outliers, () -> timeline.stretches(entry, own.untilHour() + 1, hour))));
    }

    private StrandedProfile since(long since, Duration window) {
        long first = firstHour(window);
        if (first >= since) {
            return profile(window);
        }
        if (isLong(window)) {
            long day = EventTime.dayOf(since - 1) + 1;
            return day <= EventTime.dayOf(hour) ? timeline.days(entry, day, hour) : new StrandedProfile();
        }
        return since <= hour ? timeline.hours(entry, since, hour) : new StrandedProfile();
    }

    private long firstHour(Duration window) {
        return isLong(window)
                ? (EventTime.dayOf(hour) - window.toDays() + 1) * HOURS_A_DAY
                : hour - Math.max(1, window.toHours()) + 1;
    }

    private static boolean isLong(Duration window) {
        return window.toHours() > MOST_HOURS;
    }

    @Override
    public long startMs(Duration window) {
        return firstHour(window) * EventTime.HOUR_MS;
    }

    @Override
    public long endMs() {
        return (hour + 1) * EventTime.HOUR_MS;
    }
}
