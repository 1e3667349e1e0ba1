package io.stillwatch.cli.alerts;

import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.replay.ShortIds;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Suggestion;
import java.util.List;

/** What to say to somebody who asks for an alert that there is not. */
final class UnknownAlert {
    private UnknownAlert() {}

    /** One sentence with what was probably meant, or how to find it. */
    static UserException of(String asked, KnownAlerts known) {
        String beginning = "There is no alert " + asked;
        if (known.all().isEmpty()) {
            return new UserException(beginning + "; none has been raised yet.", ExitStatus.FAILURE);
        }
        List<String> candidates = known.ambiguous(asked);
        if (!candidates.isEmpty()) {
            return new UserException(ShortIds.ambiguous(asked, candidates), ExitStatus.FAILURE);
        }
        List<String> ids =
                known.all().stream().map(one -> one.newest().getAlertId()).toList();
        return new UserException(
                beginning
                        + Suggestion.id(asked, ids)
                                .map(id -> "; did you mean " + id + "?")
                                .orElse("; 'stillwatch alerts list --state all' names those there are."),
                ExitStatus.FAILURE);
    }
}
