package io.stillwatch.topology.state;

import io.stillwatch.topology.PipelineOptions;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds a partition's pane store. */
public final class PaneStoreBuilder implements StoreBuilder<PaneStore> {
    private final String name;
    private final PipelineOptions options;
    private final Durability keeping;
    private boolean logged;
    private Map<String, String> logConfig = Map.of();

    public PaneStoreBuilder(String name, PipelineOptions options, Durability keeping) {
        this.name = name;
        this.options = options;
        this.keeping = keeping;
        this.logged = keeping.durable();
    }

    @Override
    public StoreBuilder<PaneStore> withCachingEnabled() {
        throw new UnsupportedOperationException("what is written here is not written again; a cache would be idle");
    }

    @Override
    public StoreBuilder<PaneStore> withCachingDisabled() {
        return this;
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
        return new PaneStore(name, options.rocksDbBytes(), keeping.durable(), logged);
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
