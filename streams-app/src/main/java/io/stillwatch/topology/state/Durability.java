package io.stillwatch.topology.state;

/**
 * How long the state of a pipeline is to live, and so what a commit costs.
 *
 * @param durable whether state outlives the process: in RocksDB, with a changelog, made whole by every commit
 * @param commitsAWriteBack every how many commits changed accounts are written back, from 1
 */
public record Durability(boolean durable, int commitsAWriteBack) {
    /** State that survives whatever happens to the process. */
    public static final Durability DURABLE = new Durability(true, 1);

    /**
     * State for one run, which starts again from its input if it fails. Streams' test driver commits after each record;
     * writing each account back as often would cost more than all the rest.
     */
    public static final Durability FOR_THE_RUN = new Durability(false, 4_096);
}
