package io.stillwatch.metrics;

import java.util.List;

/**
 * Every metric of Stillwatch's own, in the names that Prometheus shows. Labels have few values, all of them known: never an
 * account, a prompt, or anything else that a caller writes.
 */
public final class MetricNames {
    /** What is measured. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /**
     * A metric.
     *
     * @param name as Micrometer has it: words joined by dots, without unit or {@code total}
     * @param unit {@code seconds}, {@code bytes}, or empty for a count
     * @param labels its labels
     * @param help one sentence
     */
    public record Metric(String name, Kind kind, String unit, List<String> labels, String help) {
        /** As Prometheus shows it. */
        public String prometheus() {
            String base = name.replace('.', '_');
            String withUnit = unit.isEmpty() || base.endsWith("_" + unit) ? base : base + "_" + unit;
            return kind == Kind.COUNTER ? withUnit + "_total" : withUnit;
        }
    }

    static final Metric REQUESTS = counter("stillwatch.requests", "Request events that counted.");
    static final Metric FINGERPRINTS = counter("stillwatch.fingerprints", "Fingerprints made of request events.");
    static final Metric MISPLACED = counter(
            "stillwatch.misplaced",
            "Request events sent on to their account's partition: their producer has no key, or another partitioner"
                    + " than murmur2.");
    static final Metric NEW_ACCOUNTS =
            counter("stillwatch.accounts.new", "Accounts that were seen for the first time.");
    static final Metric LOSSES = counter(
            "stillwatch.losses",
            "Records that did not count (late, duplicate, unreadable), or counted with a flaw (ahead, evicted).",
            "cause");
    static final Metric DEAD_LETTERS =
            counter("stillwatch.dead.letters", "Records that were set aside on the dead-letters topic.", "topic");
    static final Metric QUARANTINED =
            counter("stillwatch.quarantined", "Records set aside because processing them failed unexpectedly.");
    static final Metric LOOK = histogram("stillwatch.look", "How long a look at an account took.");
    static final Metric FINDINGS = counter(
            "stillwatch.findings", "Findings of looks, in shadow and allowed ones included.", "signature", "severity");
    static final Metric SUPPRESSIONS =
            counter("stillwatch.allowlist.suppressions", "Findings that the allowlist let pass.");
    static final Metric ALERTS = counter(
            "stillwatch.alerts", "Steps of alerts, by their first signature.", "signature", "state", "severity");
    static final Metric OPEN_ALERTS = gauge("stillwatch.alerts.open", "Alerts that are open.", "severity");
    static final Metric EVENT_TO_ALERT = histogram(
            "stillwatch.event.to.alert",
            "From the time of the event that opened an alert, which is its record's timestamp on the requests topic too, until"
                    + " the alert can be read; of live traffic only. A gateway that writes late is in it.");
    static final Metric DECISIONS = counter(
            "stillwatch.decisions", "Decisions made, rehearsed ones included; `lifted` where taken back.", "action");
    static final Metric ACTIVE_DECISIONS = gauge("stillwatch.decisions.active", "Decisions in force now.", "action");
    static final Metric LOOK_UP = new Metric(
            "stillwatch.lookup",
            Kind.HISTOGRAM,
            "seconds",
            List.of("verdict"),
            "How long answers to gateways took in this process.");
    static final Metric SINK_DELIVERIES = counter(
            "stillwatch.sink.deliveries",
            "Alerts delivered, attempts that failed, alerts given up.",
            "sink",
            "outcome");
    static final Metric BACKLOG = gauge("stillwatch.backlog.records", "Records that wait to be processed.");
    static final Metric EVENT_TIME_LAG = new Metric(
            "stillwatch.event.time.lag",
            Kind.GAUGE,
            "seconds",
            List.of(),
            "How far the slowest partition's event time is behind the clock.");
    static final Metric ACCOUNTS = gauge(
            "stillwatch.accounts",
            "Entries of the account stores, an estimate of RocksDB's: accounts, timers, and what was rewritten of late.");
    static final Metric PANES = gauge("stillwatch.panes", "Closed panes kept, an estimate of RocksDB's.");
    static final Metric CACHED_ACCOUNTS = gauge("stillwatch.cache.accounts", "Accounts in memory.");
    static final Metric CACHE_BYTES = bytes("stillwatch.cache", "What the accounts in memory take.");
    static final Metric CACHE_LIMIT = bytes("stillwatch.cache.limit", "What they may take.");
    static final Metric CACHE_LOOKUPS =
            counter("stillwatch.cache.lookups", "Accounts asked for, by whether they were in memory.", "result");
    static final Metric ROCKSDB_BYTES = bytes("stillwatch.rocksdb.memory", "Native memory of all state stores.");
    static final Metric ROCKSDB_LIMIT = bytes("stillwatch.rocksdb.memory.limit", "What it may come to.");
    static final Metric CAMPAIGNS = gauge("stillwatch.campaigns", "Campaigns known.");
    static final Metric CAMPAIGN_MEMBERS = gauge("stillwatch.campaign.members", "Accounts that are members of one.");
    static final Metric LINKED_ACCOUNTS = gauge("stillwatch.linked.accounts", "Accounts looked at for campaigns.");
    static final Metric SIGNATURES = gauge("stillwatch.signatures", "Signatures in effect.");
    static final Metric UNREADABLE_SIGNATURES = gauge(
            "stillwatch.signatures.unreadable", "Published definitions that cannot be read, so are not in effect.");
    static final Metric READY = gauge("stillwatch.ready", "1 while the pipeline processes, else 0.");
    static final Metric RESIDENT_BYTES = bytes("process.resident.memory", "Memory of the process that lies in RAM.");
    static final Metric DATA_BYTES = bytes("stillwatch.data.directory", "What the data directory takes on disk.");
    static final Metric BUILD =
            gauge("stillwatch.build.info", "1, with the release and the Java it runs on.", "version", "java");

    private static final List<Metric> ALL = List.of(
            REQUESTS,
            FINGERPRINTS,
            MISPLACED,
            NEW_ACCOUNTS,
            LOSSES,
            DEAD_LETTERS,
            QUARANTINED,
            LOOK,
            FINDINGS,
            SUPPRESSIONS,
            ALERTS,
            OPEN_ALERTS,
            EVENT_TO_ALERT,
            DECISIONS,
            ACTIVE_DECISIONS,
            LOOK_UP,
            SINK_DELIVERIES,
            BACKLOG,
            EVENT_TIME_LAG,
            ACCOUNTS,
            PANES,
            CACHED_ACCOUNTS,
            CACHE_BYTES,
            CACHE_LIMIT,
            CACHE_LOOKUPS,
            ROCKSDB_BYTES,
            ROCKSDB_LIMIT,
            CAMPAIGNS,
            CAMPAIGN_MEMBERS,
            LINKED_ACCOUNTS,
            SIGNATURES,
            UNREADABLE_SIGNATURES,
            READY,
            RESIDENT_BYTES,
            DATA_BYTES,
            BUILD);

    private MetricNames() {}

    /** All of them, as the page for operators lists them. */
    public static List<Metric> all() {
        return ALL;
    }

    private static Metric counter(String name, String help, String... labels) {
        return new Metric(name, Kind.COUNTER, "", List.of(labels), help);
    }

    private static Metric gauge(String name, String help, String... labels) {
        return new Metric(name, Kind.GAUGE, "", List.of(labels), help);
    }

    private static Metric bytes(String name, String help) {
        return new Metric(name, Kind.GAUGE, "bytes", List.of(), help);
    }

    private static Metric histogram(String name, String help) {
        return new Metric(name, Kind.HISTOGRAM, "seconds", List.of(), help);
    }
}
