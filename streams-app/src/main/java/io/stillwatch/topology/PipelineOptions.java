package io.stillwatch.topology;

import io.stillwatch.account.AccountCourse;
import io.stillwatch.baseline.Reference;
import io.stillwatch.decision.DecisionRules;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What can be set about the pipeline.
 *
 * @param grace how late an event may be, against its account's own clock, and still count
 * @param quietTime event time without a finding after which an alert closes
 * @param hoursKept how long hour panes are kept behind the partition's clock; at least a day more than the grace
 * @param daysKept how long day panes are kept behind the partition's clock; at least the longest window plus a day
 * @param cacheBytes heap for decoded accounts, all partitions of the process together
 * @param rocksDbBytes native memory for all state stores of the process: block cache, indexes, filters, write buffers
 * @param partitions partitions of the requests topic, so that records on a foreign partition are noticed
 * @param productVersion release that alerts name as their product
 * @param reference what accounts are compared with
 * @param campaigns whether campaigns are looked for; without them nothing is told or kept of what accounts share
 * @param policy how alerts become decisions
 * @param publishers whose published signatures count; everybody's where there are none
 * @param endTold whether a log is read whose end will be told: nobody is then taken to be silent by the wall clock, which
 *     on a busy machine would say so of whoever is only slow
 */
public record PipelineOptions(
        Duration grace,
        Duration quietTime,
        Duration hoursKept,
        Duration daysKept,
        long cacheBytes,
        long rocksDbBytes,
        int partitions,
        String productVersion,
        Reference reference,
        boolean campaigns,
        DecisionRules policy,
        List<PublicKey> publishers,
        boolean endTold) {
    /** Native memory for state stores unless more or less is asked for. */
    public static final long DEFAULT_ROCKSDB_BYTES = 256L << 20;

    private static final long MOST_CACHE_BYTES = 256L << 20;
    private static final int HEAP_SHARE = 5;

    /** Heap that the index of link keys takes for an account, about. */
    private static final long LINKED_ACCOUNT_BYTES = 1_250;

    /** The defaults for a requests topic of that many partitions; the cache takes a fifth of the heap at most. */
    public static PipelineOptions defaults(int partitions, String productVersion) {
        return new PipelineOptions(
                Duration.ofHours(1),
                Duration.ofHours(24),
                Duration.ofHours(48),
                Duration.ofDays(31),
                Math.min(MOST_CACHE_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE),
                DEFAULT_ROCKSDB_BYTES,
                partitions,
                productVersion,
                Reference.bundled(),
                true,
                DecisionRules.observing(),
                List.of(),
                false);
    }

    /** The same with other ceilings. */
    public PipelineOptions withMemory(long otherCacheBytes, long otherRocksDbBytes) {
        return changed(draft -> {
            draft.cacheBytes = otherCacheBytes;
            draft.rocksDbBytes = otherRocksDbBytes;
        });
    }

    /** The same with something else to compare accounts with. */
    public PipelineOptions withReference(Reference other) {
        return changed(draft -> draft.reference = other);
    }

    /** The same with campaigns looked for or not. */
    public PipelineOptions withCampaigns(boolean wanted) {
        return changed(draft -> draft.campaigns = wanted);
    }

    /** The same with another policy. */
    public PipelineOptions withPolicy(DecisionRules other) {
        return changed(draft -> draft.policy = other);
    }

    /** The same with published signatures counting only where one of these keys sealed them. */
    public PipelineOptions withPublishers(List<PublicKey> trusted) {
        return changed(draft -> draft.publishers = List.copyOf(trusted));
    }

    /** The same for a log whose end will be told. */
    public PipelineOptions withEndTold(boolean told) {
        return changed(draft -> draft.endTold = told);
    }

    private PipelineOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new PipelineOptions(
                grace,
                quietTime,
                hoursKept,
                daysKept,
                draft.cacheBytes,
                draft.rocksDbBytes,
                partitions,
                productVersion,
                draft.reference,
                draft.campaigns,
                draft.policy,
                draft.publishers,
                draft.endTold);
    }

    /** What can be changed of options. */
    private static final class Draft {
        private long cacheBytes;
        private long rocksDbBytes;
        private Reference reference;
        private boolean campaigns;
        private DecisionRules policy;
        private List<PublicKey> publishers;
        private boolean endTold;

        Draft(PipelineOptions options) {
            cacheBytes = options.cacheBytes;
            rocksDbBytes = options.rocksDbBytes;
            reference = options.reference;
            campaigns = options.campaigns;
            policy = options.policy;
            publishers = options.publishers;
            endTold = options.endTold;
        }
    }

    /** Accounts that are looked at for campaigns at most: those that a quarter of the heap has room for. */
    public int mostLinkedAccounts() {
        return (int) Math.min(
                Integer.MAX_VALUE, Math.max(10_000, Runtime.getRuntime().maxMemory() / 4 / LINKED_ACCOUNT_BYTES));
    }

    /** What the course of accounts goes by. */
    public AccountCourse.Rules accountRules() {
        return new AccountCourse.Rules(grace, hoursKept, daysKept);
    }

    /** A partition's part of the cache. */
    public long cacheBytesAPartition() {
        return Math.max(1 << 20, cacheBytes / partitions);
    }
}
