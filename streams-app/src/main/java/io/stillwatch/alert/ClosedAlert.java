package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.Finding;
import java.util.ArrayList;
import java.util.List;

/** What is kept of an alert that is over, in about a kilobyte: all but its evidence, which its steps on the topic have. */
final class ClosedAlert {
    /** Times open that an alert remembers. */
    static final int MOST_PERIODS = 20;

    private static final int MOST_FINDINGS = 32;
    private static final int MOST_LINKED = 20;

    private ClosedAlert() {}

    /** The alert without what makes it large. */
    static Alert slim(Alert closed) {
        Alert slim = Alert.newBuilder(closed).build();
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : first(slim.getFindings(), MOST_FINDINGS)) {
            finding.setEvidence(List.of());
            findings.add(finding);
        }
        slim.setFindings(findings);
        slim.setExampleEventIds(List.of());
        slim.setLinkedAccounts(List.copyOf(first(slim.getLinkedAccounts(), MOST_LINKED)));
        return slim;
    }

    private static <T> List<T> first(List<T> list, int most) {
        return list.size() <= most ? list : list.subList(0, most);
    }

    /** The history of an alert that is opened again: what it had, and the time that is over now. */
    static List<AlertPeriod> history(Alert closed) {
        List<AlertPeriod> history = new ArrayList<>(closed.getHistory());
        AlertPeriod over = new AlertPeriod();
        over.setOpenedAt(closed.getOpenedAt());
        over.setClosedAt(closed.getTime());
        over.setCloseReason(closed.getCloseReason() == null ? "" : closed.getCloseReason());
        over.setClosedBy(closed.getClosedBy());
        over.setDisposition(closed.getDisposition());
        over.setSeverity(closed.getSeverity());
        over.setScore(closed.getScore());
        history.add(over);
        return history.size() <= MOST_PERIODS
                ? history
                : new ArrayList<>(history.subList(history.size() - MOST_PERIODS, history.size()));
    }
}
