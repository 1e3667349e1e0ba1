package io.stillwatch.topology.topics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;

/**
 * The catalogue of topics: every name, key, value, size and retention in one place.
 *
 * <p><b>Retention.</b> Every topic keeps {@code CreateTime}, the time of the event, because everything that decides is
 * driven by it. Kafka measures {@code retention.ms} against the same timestamp, so a time limit would delete a replayed
 * record of last year within minutes of its arrival, perhaps before anybody read it, and never delete one stamped in the
 * future. {@code LogAppendTime} would measure age on disk, but overwrites the event time. So no topic is limited by time;
 * {@code requests} and {@code pieces}, which have text, and the bulky ones are limited by bytes per partition, which bounds how much
 * is on disk whatever the timestamps say; {@code run} deletes by the time that records have lain there. An installation that only ever takes live traffic may set
 * {@code retention.ms} on {@code requests} as well; {@code topics describe} then points it out without calling it wrong.
 *
 * <p><b>Timestamps.</b> A broker refuses records stamped more than an hour ahead of its clock (KIP-937). Gateways' clocks
 * are wrong and simulated weeks lie ahead, and one refused record fails a whole batch, so each topic takes any timestamp;
 * what is implausible is for the reader of the event to judge.
 *
 * <p>The name {@code allowlist} is taken, for definitions that change while the pipeline runs.
 */
public final class Topics {
    /** Prefix of every name unless another is configured. */
    public static final String DEFAULT_PREFIX = "stillwatch.";

    /** Enough to keep a laptop's cores busy; the number of partitions bounds how many can share the work. */
    public static final int DEFAULT_PARTITIONS = 4;

    /** The largest request event in bytes, as sent: a prompt of 10 MiB with everything in it escaped, and some room. */
    public static final int MAX_REQUEST_BYTES = 35 * 1024 * 1024;

    /** The largest record of all: a dead letter is a request event's bytes with the cause in headers. */
    public static final int MAX_RECORD_BYTES = 36 * 1024 * 1024;

    private static final long MIB = 1024L * 1024;
    private static final long GIB = 1024 * MIB;
    private static final long UNLIMITED = -1;

    private static final Pattern LEGAL_PREFIX = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}");

    private final String prefix;
    private final int partitions;
    private final RequestsKept requestsKept;

    private Topics(String prefix, int partitions, RequestsKept requestsKept) {
        this.prefix = prefix;
        this.partitions = partitions;
        this.requestsKept = requestsKept;
    }

    /** How much of the {@code requests} topic stays. */
    public enum RequestsKept {
        /** The newest 2 GiB a partition: text must not pile up, and a pipeline that runs keeps up with its traffic. */
        NEWEST,

        /** Everything: a replay may write months of records before the first is read. Drop the topics afterwards. */
        ALL
    }

    /**
     * A catalogue.
     *
     * @param prefix what every name begins with, separator included, such as {@code "stillwatch."}
     * @param partitions of each topic when it is created
     * @throws IllegalArgumentException with a sentence for people, where Kafka would refuse a name with this prefix
     */
    public static Topics of(String prefix, int partitions, RequestsKept requestsKept) {
        if (!LEGAL_PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("A topic prefix is 1 to 200 letters, digits, dots, underscores and"
                    + " hyphens, and begins with a letter or digit.");
        }
        return new Topics(prefix, partitions, requestsKept);
    }

    /** The catalogue of a pipeline on live traffic. */
    public static Topics live(String prefix) {
        return of(prefix, DEFAULT_PARTITIONS, RequestsKept.NEWEST);
    }

    /** The catalogue of a replay, which writes faster than anybody reads. */
    public static Topics replay(String prefix) {
        return of(prefix, DEFAULT_PARTITIONS, RequestsKept.ALL);
    }

    public String prefix() {
        return prefix;
    }

    /** Request events, with text. */
    public String requests() {
        return prefix + "requests";
    }

    /** Pieces of requests that come from outside, until they are joined; with text. */
    public String pieces() {
        return prefix + "pieces";
    }

    /** What is kept of each request: its fingerprint and its numbers. */
    public String fingerprints() {
        return prefix + "fingerprints";
    }

    /** The latest profile of each entity and window. */
    public String profiles() {
        return prefix + "profiles";
    }

    /** What accounts share with others: what campaigns are found by. */
    public String links() {
        return prefix + "links";
    }

    /** The members of each campaign. */
    public String campaigns() {
        return prefix + "campaigns";
    }

    /** Signatures published or disabled while the pipeline runs, the newest of each id. */
    public String signatures() {
        return prefix + "signatures";
    }

    /** The baseline published while the pipeline runs. */
    public String baseline() {
        return prefix + "baseline";
    }

    /** Who is vouched for by record of a contract. */
    public String enrolments() {
        return prefix + "enrolments";
    }

    /** When signatures in shadow began and ceased to hold. */
    public String findings() {
        return prefix + "findings";
    }

    /** The life of each alert, as Avro. */
    public String alerts() {
        return prefix + "alerts";
    }

    /** The life of each alert as OCSF Detection Findings, one JSON object a record. */
    public String alertsOcsf() {
        return prefix + "alerts.ocsf";
    }

    /** What analysts do about alerts, the allowlist and decisions: orders and audit trail in one. */
    public String triage() {
        return prefix + "triage";
    }

    /** Who is not to raise alerts. */
    public String allowlist() {
        return prefix + "allowlist";
    }

    /** What a gateway should do about an account now. */
    public String decisions() {
        return prefix + "decisions";
    }

    /** What became of the records of each source. */
    public String losses() {
        return prefix + "losses";
    }

    /** What could not be read. */
    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /** Everything the pipeline needs, in the order data flows. */
    public List<TopicSpec> all() {
        return List.of(
                new TopicSpec(
                        requests(),
                        "account",
                        "RequestEvent (Avro)",
                        partitions,
                        appended(MAX_REQUEST_BYTES, requestsKept == RequestsKept.ALL ? UNLIMITED : 2 * GIB),
                        "Request events as they arrive, with prompt text."),
                new TopicSpec(
                        pieces(),
                        "what pieces of one request have in common",
                        "piece of a request (JSON)",
                        1,
                        appended(MAX_REQUEST_BYTES, 1 * GIB),
                        "Spans and log records that have to be joined, with prompt text; one partition."),
                new TopicSpec(
                        fingerprints(),
                        "account",
                        "RequestFingerprint (Avro)",
                        partitions,
                        appended(1 * MIB, 16 * GIB),
                        "One fingerprint a request, without text; a replay can begin here."),
                new TopicSpec(
                        profiles(),
                        "entity",
                        "ProfileSnapshot (Avro)",
                        partitions,
                        compacted(),
                        "The latest profile of each entity and window."),
                new TopicSpec(
                        links(),
                        "account",
                        "AccountLinks (Avro)",
                        1,
                        newest(8 * GIB),
                        "What each account shares with others; one partition, as campaigns are found among all."),
                new TopicSpec(
                        campaigns(),
                        "campaign and account",
                        "CampaignMember (Avro)",
                        1,
                        compacted(),
                        "The members of each campaign, each with the reason."),
                new TopicSpec(
                        signatures(),
                        "signature",
                        "SignatureDefinition (Avro)",
                        1,
                        compacted(),
                        "Signatures published or disabled while the pipeline runs; every instance reads them all."),
                new TopicSpec(
                        baseline(),
                        "the word baseline",
                        "baseline file (JSON)",
                        1,
                        compacted(),
                        "The baseline published while the pipeline runs; every instance reads it."),
                new TopicSpec(
                        enrolments(),
                        "account",
                        "enrolment (JSON)",
                        1,
                        compacted(),
                        "Accounts vouched for by record of a contract; every instance reads it."),
                new TopicSpec(
                        findings(),
                        "entity",
                        "ShadowFinding (Avro)",
                        partitions,
                        appended(1 * MIB, UNLIMITED),
                        "When signatures begin and cease to hold that may not alert: in shadow, or by the allowlist."),
                new TopicSpec(
                        triage(),
                        "entity",
                        "TriageRecord (Avro)",
                        1,
                        appended(1 * MIB, UNLIMITED),
                        "What analysts do about alerts, the allowlist and decisions; every instance reads it."),
                new TopicSpec(
                        allowlist(),
                        "entry",
                        "AllowlistEntry (Avro)",
                        1,
                        compacted(),
                        "Who is not to raise alerts; every instance reads it."),
                new TopicSpec(
                        alerts(),
                        "entity",
                        "Alert (Avro)",
                        1,
                        appended(1 * MIB, UNLIMITED),
                        "Alerts as they open, change and close; one partition, as decisions are made over all."),
                new TopicSpec(
                        alertsOcsf(),
                        "entity",
                        "OCSF Detection Finding (JSON)",
                        1,
                        appended(1 * MIB, UNLIMITED),
                        "The same alerts for a SIEM."),
                new TopicSpec(
                        decisions(),
                        "account",
                        "Decision (Avro)",
                        partitions,
                        compacted(),
                        "What a gateway should do about an account now."),
                new TopicSpec(
                        losses(),
                        "source and partition",
                        "SourceLosses (Avro)",
                        partitions,
                        compacted(),
                        "How many records of each source counted, and how many did not and why."),
                new TopicSpec(
                        deadLetters(),
                        "original key",
                        "original bytes, cause in headers",
                        partitions,
                        appended(MAX_RECORD_BYTES, 2 * GIB),
                        "Records that could not be read, as they came."));
    }

    private static Map<String, String> appended(long maxRecordBytes, long keptBytesPerPartition) {
        Map<String, String> configs = common(maxRecordBytes);
        configs.put("cleanup.policy", "delete");
        configs.put("retention.ms", Long.toString(UNLIMITED));
        configs.put("retention.bytes", Long.toString(keptBytesPerPartition));
        // Bytes are given back by whole segments.
        configs.put("segment.bytes", Long.toString(128 * MIB));
        return configs;
    }

    /** The newest record of each key, and of those the newest bytes. */
    private static Map<String, String> newest(long keptBytesPerPartition) {
        Map<String, String> configs = compacted();
        configs.put("cleanup.policy", "compact,delete");
        configs.put("retention.ms", Long.toString(UNLIMITED));
        configs.put("retention.bytes", Long.toString(keptBytesPerPartition));
        return configs;
    }

    private static Map<String, String> compacted() {
        Map<String, String> configs = common(1 * MIB);
        configs.put("cleanup.policy", "compact");
        // Only full segments are compacted, and the cleaner must hold the keys of one in memory.
        configs.put("segment.bytes", Long.toString(32 * MIB));
        return configs;
    }

    private static Map<String, String> common(long maxRecordBytes) {
        Map<String, String> configs = new TreeMap<>();
        configs.put("max.message.bytes", Long.toString(maxRecordBytes));
        configs.put("message.timestamp.type", "CreateTime");
        // Counted in event time: a replay of years would leave a file for every week of them.
        configs.put("segment.ms", Long.toString(Long.MAX_VALUE));
        configs.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        configs.put("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
        return configs;
    }

    /** The partition of the requests topic on which an account's records belong: that of Kafka's own clients. */
    public static int partitionOf(String account, int partitions) {
        return partitionOf(Utils.utf8(account), partitions);
    }

    /** The same of a record's key. */
    public static int partitionOf(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
