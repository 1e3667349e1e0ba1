package io.stillwatch.baseline;

import io.stillwatch.profile.Part;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An account's windows that end with a day: whole days, so a window of an hour is one of a day. */
public final class HistoryWindows implements WindowedProfiles {
    private final History history;
    private final String account;
    private final long day;
    private final Reference reference;
    private final Map<Duration, StrandedProfile> profiles = new HashMap<>();
    private Standing standing;

    HistoryWindows(History history, String account, long day, Reference reference) {
        this.history = history;
        this.account = account;
        this.day = day;
        this.reference = reference;
    }

    @Override
    public long requests(Duration window) {
        return profile(window).requests();
    }

    @Override
    public StrandedProfile profile(Duration window) {
        return profiles.computeIfAbsent(window, wanted -> history.between(account, firstDay(wanted), day));
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

    private Standing standing() {
        if (standing == null) {
            standing = new Standing(
                    history.levels(account, reference.answers(), day), day + 1, history.activeAccounts(day));
        }
        return standing;
    }

    private Optional<Reference.Change> change(Duration window) {
        return history.ownBaseline(account).flatMap(own -> {
            long since = Math.max(firstDay(window), Math.floorDiv(own.untilHour(), History.HOURS_A_DAY) + 1);
            Profile later = history.between(account, since, day).whole();
            return later.promptMean().map(mean -> new Reference.Change(own, later));
        });
    }

    private long firstDay(Duration window) {
        return day - Math.max(1, window.toDays()) + 1;
    }

    @Override
    public long startMs(Duration window) {
        return firstDay(window) * History.DAY_MS;
    }

    @Override
    public long endMs() {
        return (day + 1) * History.DAY_MS;
    }
}
