package io.stillwatch.topology;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds a partition's pane store. */
final class PaneStoreBuilder implements StoreBuilder<PaneStore> {
    private final String name;
    private final PipelineOptions options;
    private boolean logged = true;
    private Map<String, String> logConfig = Map.of();

    PaneStoreBuilder(String name, PipelineOptions options) {
        this.name = name;
        this.options = options;
    }

    /** The store always has its own cache. */
    @Override
    public StoreBuilder<PaneStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<PaneStore> withCachingDisabled() {
        throw new UnsupportedOperationException("the pane store cannot do without its cache");
    }

    @Override
    public StoreBuilder<PaneStore> withLoggingEnabled(Map<String, String> config) {
        logged = true;
        logConfig = Map.copyOf(config);
        return this;
    }

    @Override
    public StoreBuilder<PaneStore> withLoggingDisabled() {
        logged = false;
        return this;
    }

    @Override
    public PaneStore build() {
        return new PaneStore(
                Stores.persistentKeyValueStore(name).get(), options.cacheBytes(), logged, new PartitionClock());
    }

    @Override
    public Map<String, String> logConfig() {
        return logConfig;
    }

    @Override
    public boolean loggingEnabled() {
        return logged;
    }

    @Override
    public String name() {
        return name;
    }
}
