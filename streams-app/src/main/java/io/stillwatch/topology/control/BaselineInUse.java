package io.stillwatch.topology.control;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.baseline.Reference;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What one task compares with now, and the life of the alerts that name it. */
public final class BaselineInUse {
    private final LiveBaseline live;
    private final ReadOnlyKeyValueStore<String, byte[]> published;
    private final Duration quietTime;
    private Reference reference;
    private AlertLifecycle lifecycle;

    /** @param quietTime event time without a finding after which an alert closes */
    public BaselineInUse(ProcessorContext<?, ?> context, LiveBaseline live, Duration quietTime) {
        this.live = live;
        this.published = context.getStateStore(LiveBaseline.STORE);
        this.quietTime = quietTime;
        reference = live.read(published);
        lifecycle = new AlertLifecycle(quietTime, reference.name());
    }

    /** Takes up what has been published. */
    public void refresh() {
        Reference now = live.read(published);
        if (now != reference) {
            reference = now;
            lifecycle = new AlertLifecycle(quietTime, now.name());
        }
    }

    public Reference reference() {
        return reference;
    }

    public AlertLifecycle lifecycle() {
        return lifecycle;
    }
}
