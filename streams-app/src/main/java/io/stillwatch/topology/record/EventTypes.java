package io.stillwatch.topology.record;

/**
 * CloudEvents types of what travels on the topics, one a kind of message. The number at the end changes when a reader of
 * the old one would misunderstand the new.
 */
public final class EventTypes {
    public static final String REQUEST = "io.stillwatch.request.v1";
    public static final String PIECE = "io.stillwatch.request.piece.v1";
    public static final String UNREADABLE = "io.stillwatch.unreadable.v1";
    public static final String END_OF_INPUT = "io.stillwatch.end-of-input.v1";
    public static final String FINGERPRINT = "io.stillwatch.request.fingerprint.v1";
    public static final String PROFILE = "io.stillwatch.profile.snapshot.v1";
    public static final String LINKS = "io.stillwatch.links.v1";
    public static final String CAMPAIGN_MEMBER = "io.stillwatch.campaign.member.v1";
    public static final String SIGNATURE = "io.stillwatch.signature.v1";
    public static final String BASELINE = "io.stillwatch.baseline.v1";
    public static final String ENROLMENT = "io.stillwatch.enrolment.v1";
    public static final String FINDING = "io.stillwatch.finding.shadow.v1";
    public static final String TRIAGE = "io.stillwatch.triage.v1";
    public static final String ALLOWLIST = "io.stillwatch.allowlist.v1";
    public static final String ALERT = "io.stillwatch.alert.v1";
    public static final String ALERT_OCSF = "io.stillwatch.alert.ocsf.v1";
    public static final String DECISION = "io.stillwatch.decision.v1";
    public static final String LOSSES = "io.stillwatch.losses.v1";
    public static final String DEAD_LETTER = "io.stillwatch.dead-letter.v1";

    private EventTypes() {}
}
