package io.stillwatch.topology.state;

import io.stillwatch.account.PartitionClock;
import io.stillwatch.topology.PipelineOptions;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds a partition's account store. */
public final class AccountStoreBuilder implements StoreBuilder<AccountStore> {
    private final String name;
    private final PipelineOptions options;
    private final Durability keeping;
    private boolean logged;
    private Map<String, String> logConfig = Map.of();

    public AccountStoreBuilder(String name, PipelineOptions options, Durability keeping) {
        this.name = name;
        this.options = options;
        this.keeping = keeping;
        this.logged = keeping.durable();
    }

    /** The store always has its own cache. */
    @Override
    public StoreBuilder<AccountStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<AccountStore> withCachingDisabled() {
        throw new UnsupportedOperationException("the account store cannot do without its cache");
    }

    @Override
    public StoreBuilder<AccountStore> withLoggingEnabled(Map<String, String> config) {
        logged = true;
        logConfig = Map.copyOf(config);
        return this;
    }

    @Override
    public StoreBuilder<AccountStore> withLoggingDisabled() {
        logged = false;
        return this;
    }

    @Override
    public AccountStore build() {
        return new AccountStore(
                (keeping.durable() ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name)).get(),
                options.cacheBytesAPartition(),
                keeping.commitsAWriteBack(),
                logged,
                new PartitionClock());
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
