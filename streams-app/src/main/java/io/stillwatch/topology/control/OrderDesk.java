package io.stillwatch.topology.control;

import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Where one task takes the orders of analysts about its entities' alerts: each once, as how far they have been taken is
 * stored with what they change.
 */
public final class OrderDesk {
    private final ProcessorContext<?, ?> context;
    private final LiveTriage triage;
    private final String entityType;
    private final LongSupplier taken;
    private final LongConsumer setTaken;

    /**
     * @param entityType whose orders are taken
     * @param taken how far orders have been taken, as it is stored: the offset of the last one; -1 for none
     * @param setTaken stores that
     */
    public OrderDesk(
            ProcessorContext<?, ?> context,
            LiveTriage triage,
            String entityType,
            LongSupplier taken,
            LongConsumer setTaken) {
        this.context = context;
        this.triage = triage;
        this.entityType = entityType;
        this.taken = taken;
        this.setTaken = setTaken;
    }

    /** Takes the orders that have come since the last time. */
    public void take(Consumer<LiveTriage.Order> obey) {
        long before = taken.getAsLong();
        if (triage.end() == before) {
            return;
        }
        // A topic that was made anew begins at 0 again.
        LiveTriage.Batch batch = triage.after(triage.end() < before ? -1 : before, LiveTriage.ABOUT_ALERTS);
        for (LiveTriage.Order order : batch.orders()) {
            if (order.mayConcern(entityType)) {
                obey.accept(order);
            }
        }
        setTaken.accept(batch.end());
        context.commit();
    }
}
