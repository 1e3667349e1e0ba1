package io.stillwatch.topology.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.account.PartitionClock;
import io.stillwatch.topology.PipelineException;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class AccountStoreTest {
    @Test
    void accountsThatAnotherReleaseWroteAreRefusedBeforeAnythingIsReadAndThePersonIsToldTheWayOut() {
        AccountStore store = new AccountStore(
                FormerStore.opened(Stores.inMemoryKeyValueStore("accounts").get(), StoreKeys.FORMAT),
                1 << 20,
                1,
                false,
                new PartitionClock());

        assertThatThrownBy(store::clock)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("stillwatch reset --rebuild-from fingerprints");
    }
}
