package io.stillwatch.signature;

import io.stillwatch.profile.Part;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the signatures see of one entity at one moment: every part of every window made once, and every feature of it read
 * once, however many signatures ask. For one thread.
 */
final class Views {
    private static final Duration WEEK = Duration.ofDays(7);

    private final WindowedProfiles windows;
    private final Map<Place, Optional<View>> made = new HashMap<>();

    private record Place(Duration window, Part part) {}

    /** A part of a window with its features. */
    record View(Subject subject, FeatureValues values) {}

    Views(WindowedProfiles windows) {
        this.windows = windows;
    }

    WindowedProfiles windows() {
        return windows;
    }

    /** Empty when the entity has no such requests. */
    Optional<View> of(Duration window, Part part) {
        return made.computeIfAbsent(new Place(window, part), this::make);
    }

    private Optional<View> make(Place place) {
        return windows.subject(place.window(), place.part()).map(subject -> {
            Subject wider = place.part().isWhole() ? subject : subject.partOf(windows.profile(place.window()));
            Subject widest = place.window().compareTo(WEEK) < 0 ? wider.within(() -> windows.profile(WEEK)) : wider;
            return new View(widest, FeatureValues.of(widest));
        });
    }
}
