package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.MessageTypes;
import java.util.Optional;

/** What the orders of analysts make of an alert. */
final class AnalystOrder {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 1_000;

    static {
        MessageTypes.trust();
    }

    private AnalystOrder() {}

    /** The step that an order makes; empty where it is about something else than an alert, or says nothing known. */
    static Optional<Alert> apply(Alert alert, TriageRecord order, SoFar now) {
        return switch (order.getAction()) {
            case NOTE -> Optional.of(next(alert, now));
            case ACKNOWLEDGE -> Optional.of(acknowledged(alert, order, now));
            case CLOSE -> Optional.of(closed(alert, order, now));
            case REOPEN ->
                Optional.of(alert.getState() == AlertState.CLOSED ? reopened(alert, now.timeMs()) : next(alert, now));
            case DISPOSE ->
                Optional.ofNullable(order.getDisposition())
                        .flatMap(Disposition::named)
                        .map(disposition -> disposed(next(alert, now), order, disposition));
            case ALLOWLIST, UNLIST, LIFT -> Optional.empty();
        };
    }

    /** The next step, in which nothing has changed yet: a closed alert stays closed. */
    private static Alert next(Alert alert, SoFar now) {
        Alert next = Alert.newBuilder(alert).build();
        next.setSequence(alert.getSequence() + 1);
        if (alert.getState() != AlertState.CLOSED) {
            next.setState(AlertState.UPDATED);
            next.setTime(Math.max(alert.getTime(), now.timeMs()));
        }
        return next;
    }

    private static Alert acknowledged(Alert alert, TriageRecord order, SoFar now) {
        Alert next = next(alert, now);
        next.setAcknowledgedAt(order.getTime());
        next.setAcknowledgedBy(cut(order.getBy(), LONGEST_NAME));
        return next;
    }

    private static Alert closed(Alert alert, TriageRecord order, SoFar now) {
        Alert next = next(alert, now);
        if (alert.getState() != AlertState.CLOSED) {
            next.setState(AlertState.CLOSED);
            next.setRequests(now.requests());
            next.setOutputTokens(now.outputTokens());
        }
        String reason = cut(order.getReason(), LONGEST_REASON);
        next.setClosedBy(cut(order.getBy(), LONGEST_NAME));
        next.setCloseReason(reason.isBlank() ? "Closed without a reason." : reason);
        return Optional.ofNullable(order.getDisposition())
                .flatMap(Disposition::named)
                .map(disposition -> disposed(next, order, disposition))
                .orElse(next);
    }

    private static Alert disposed(Alert next, TriageRecord order, Disposition disposition) {
        next.setDisposition(disposition.id());
        next.setDispositionReason(cut(order.getReason(), LONGEST_REASON));
        return next;
    }

    /** The next step of an alert that is opened again: what was done and said about it before is history. */
    static Alert reopened(Alert closed, long timeMs) {
        Alert alert = Alert.newBuilder(closed).build();
        alert.setSequence(closed.getSequence() + 1);
        alert.setState(AlertState.REOPENED);
        alert.setTime(Math.max(closed.getTime(), timeMs));
        alert.setOpenedAt(alert.getTime());
        alert.setHistory(ClosedAlert.history(closed));
        alert.setCloseReason(null);
        alert.setClosedBy(null);
        alert.setAcknowledgedAt(null);
        alert.setAcknowledgedBy(null);
        alert.setDisposition(null);
        alert.setDispositionReason(null);
        return alert;
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end);
    }
}
