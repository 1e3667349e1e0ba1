package io.stillwatch.account;

import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.TakenOrders;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * When an account's alert was open, as the pipeline published it: also where an analyst or an allowlist closed it, and
 * whatever signatures there were then.
 */
public final class AlertTimeline {
    private final Deque<Alert> steps;

    /** @param steps of one account's alert, in any order */
    public AlertTimeline(List<Alert> steps) {
        this.steps = new ArrayDeque<>(steps.stream()
                .sorted(Comparator.comparingLong(Alert::getSequence))
                .toList());
    }

    /** Brings the account's entry to where its alert stood at a time, milliseconds since 1970. */
    public void passTo(AccountEntry entry, long timeMs) {
        while (!steps.isEmpty() && steps.peekFirst().getTime() <= timeMs) {
            Alert step = steps.pollFirst();
            entry.state.alerts = new AlertMemory(Optional.of(step), step.getTime(), TakenOrders.NONE);
        }
    }

    /** The last moment before the open alert closes; empty while none is open, or where it is open still. */
    public Optional<Long> quietAtMs(AccountEntry entry) {
        if (entry.state.alerts.open().isEmpty()) {
            return Optional.empty();
        }
        for (Iterator<Alert> next = steps.iterator(); next.hasNext(); ) {
            Alert step = next.next();
            if (step.getState() == AlertState.CLOSED) {
                return Optional.of(step.getTime() - 1);
            }
        }
        return Optional.empty();
    }
}
