package io.stillwatch.topology.campaign;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.PipelineException;
import io.stillwatch.topology.state.Durability;
import io.stillwatch.topology.state.FormerStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class CampaignStoreTest {
    @Test
    void campaignsThatAnotherReleaseWroteAreRefusedAndThePersonIsToldTheWayOut() {
        KeyValueStore<String, byte[]> campaigns = FormerStore.of(CampaignStore.campaigns(Durability.FOR_THE_RUN), "F");
        CampaignStore store = new CampaignStore(
                campaigns,
                campaigns,
                new SerdeFactory(WireFormat.singleObject())
                        .serde(AccountLinks.class)
                        .deserializer(),
                1);

        assertThatThrownBy(store::checkFormat)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("stillwatch reset --rebuild-from fingerprints");
    }
}
