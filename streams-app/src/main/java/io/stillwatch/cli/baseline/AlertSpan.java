package io.stillwatch.cli.baseline;

import io.stillwatch.account.EventTime;
import io.stillwatch.alert.Disposition;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The days of event time that an alert is about: those that its findings read, whenever an analyst closed it.
 *
 * @param firstDay since 1970
 * @param lastDay since 1970, inclusive
 */
record AlertSpan(long firstDay, long lastDay) {

    /** Since it was opened last. */
    static AlertSpan of(KnownAlerts.Known alert) {
        Alert newest = alert.newest();
        long first = newest.getOpenedAt();
        long last = alert.findings().isEmpty() ? newest.getTime() : newest.getOpenedAt();
        for (Finding finding : alert.findings()) {
            first = Math.min(first, finding.getWindowStart());
            last = Math.max(last, finding.getWindowEnd() - 1);
        }
        return between(first, last);
    }

    /** What was said of it when it was open before, where the account sent something then. */
    static List<Disposition> judgedBefore(KnownAlerts.Known alert, Set<Long> days) {
        return alert.newest().getHistory().stream()
                .filter(period -> of(period).holdsAny(days))
                .map(period -> Optional.ofNullable(period.getDisposition()).flatMap(Disposition::named))
                .flatMap(Optional::stream)
                .toList();
    }

    private static AlertSpan of(AlertPeriod period) {
        return between(period.getOpenedAt(), period.getClosedAt());
    }

    private static AlertSpan between(long firstMs, long lastMs) {
        return new AlertSpan(EventTime.dayOf(EventTime.hourOf(firstMs)), EventTime.dayOf(EventTime.hourOf(lastMs)));
    }

    boolean holdsAny(Set<Long> days) {
        return days.stream().anyMatch(day -> day >= firstDay && day <= lastDay);
    }
}
