package io.stillwatch.profile;

/** What has a profile, as topics, signatures and alerts call it. */
public final class EntityType {
    /** One account: its profile is made of its own requests. */
    public static final String ACCOUNT = "account";

    /** A group of accounts that act as one: its profile is the merge of its members'. */
    public static final String CAMPAIGN = "campaign";

    private EntityType() {}
}
