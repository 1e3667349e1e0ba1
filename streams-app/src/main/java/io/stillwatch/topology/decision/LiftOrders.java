package io.stillwatch.topology.decision;

import io.stillwatch.schema.TriageAction;
import io.stillwatch.topology.control.LiveTriage;
import java.util.List;
import java.util.Set;

/** What the decider hears of orders to lift decisions. Used by one task; not thread-safe. */
final class LiftOrders {
    private static final Set<TriageAction> LIFT = Set.of(TriageAction.LIFT);

    private final LiveTriage triage;
    private long taken = -1;

    LiftOrders(LiveTriage triage) {
        this.triage = triage;
    }

    /**
     * The orders to lift that came since the last call, oldest first; after a restart all. One that is told again does no
     * harm: it is carried out once.
     */
    List<LiveTriage.Order> since() {
        if (triage.end() == taken) {
            return List.of();
        }
        LiveTriage.Batch batch = triage.after(taken, LIFT);
        taken = batch.end();
        return batch.orders();
    }
}
