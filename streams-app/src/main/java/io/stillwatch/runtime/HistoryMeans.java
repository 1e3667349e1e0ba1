package io.stillwatch.runtime;

import io.stillwatch.baseline.History;
import io.stillwatch.profile.sketch.PromptMean;
import java.util.Collection;
import java.util.Optional;

/** Means over several accounts of a history. */
public final class HistoryMeans {
    private HistoryMeans() {}

    /** The mean of all the accounts' prompts; empty when they have none. */
    public static Optional<PromptMean> of(History history, Collection<String> accounts) {
        return accounts.stream()
                .flatMap(account -> history.whole(account).promptMean().stream())
                .reduce(PromptMean::with);
    }
}
