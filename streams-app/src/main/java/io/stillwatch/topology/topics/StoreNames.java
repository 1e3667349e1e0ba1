package io.stillwatch.topology.topics;

/** Names of the state stores, of which the names of their changelog topics are made. */
public final class StoreNames {
    /** Accounts' records, on as many partitions as the requests. */
    public static final String ACCOUNTS = "accounts";

    /** Closed panes, beside the accounts' records. */
    public static final String PANES = "panes";

    /** What is known of campaigns, on one partition. */
    public static final String CAMPAIGNS = "campaigns";

    /** Decisions and what they follow from, on one partition. */
    public static final String DECIDER = "decider";

    private StoreNames() {}
}
