package io.stillwatch.topology;

import io.stillwatch.schema.TriageRecord;
import java.util.List;

/** Where the decider hears of orders to lift decisions. */
@FunctionalInterface
interface LiftOrders {
    /**
     * The orders to lift that came since the last call, oldest first; after a restart all. One that is told again does no
     * harm: it is carried out once.
     */
    List<TriageRecord> since();
}
