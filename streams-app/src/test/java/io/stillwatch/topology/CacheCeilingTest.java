package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stillwatch.account.AccountEntry;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.state.AccountCache;
import io.stillwatch.topology.state.Durability;
import org.junit.jupiter.api.Test;

class CacheCeilingTest {
    private static final long CEILING_BYTES = 1 << 20;
    private static final int ACCOUNTS = 150;
    private static final int ROUNDS = 24;

    @Test
    void accountsThatGrowBetweenWritesBackAreWeighedMeanwhileAndStayBelowTheCeiling() {
        PipelineOptions options = PipelineOptions.defaults(1, "test")
                .withMemory(CEILING_BYTES, 64 << 20)
                .withCampaigns(false);
        try (TestPipeline pipeline = new TestPipeline(SignatureSet.bundled(), options, Durability.FOR_THE_RUN)) {
            AccountCache cache = pipeline.accounts().cache();
            long most = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (int account = 0; account < ACCOUNTS; account++) {
                    long timeMs = TestPipeline.START_MS + round * TestPipeline.HOUR_MS + account * 1_000L;
                    pipeline.send(TestPipeline.event("grows-" + account, round, timeMs));
                    most = Math.max(most, cache.weight());
                }
            }
            long weighed = cache.entries().stream()
                    .mapToLong(AccountEntry::approximateBytes)
                    .sum();

            assertThat(most).isBetween(CEILING_BYTES, CEILING_BYTES + CEILING_BYTES / 2);
            // An account is weighed at some of its requests only.
            assertThat(cache.weight()).isCloseTo(weighed, withinPercentage(20));
            assertThat(cache.entries()).hasSizeLessThan(ACCOUNTS);
        }
    }
}
