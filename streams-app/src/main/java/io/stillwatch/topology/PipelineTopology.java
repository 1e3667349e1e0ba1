package io.stillwatch.topology;

import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.ShadowFinding;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.account.FingerprintProcessor;
import io.stillwatch.topology.account.ProfileProcessor;
import io.stillwatch.topology.campaign.CampaignProcessor;
import io.stillwatch.topology.campaign.CampaignStore;
import io.stillwatch.topology.control.GlobalInput;
import io.stillwatch.topology.control.LiveAllowlist;
import io.stillwatch.topology.control.LiveBaseline;
import io.stillwatch.topology.control.LiveEnrolments;
import io.stillwatch.topology.control.LiveSignatures;
import io.stillwatch.topology.control.LiveTriage;
import io.stillwatch.topology.control.NewestRecords;
import io.stillwatch.topology.decision.DeciderProcessor;
import io.stillwatch.topology.decision.LiveDecisions;
import io.stillwatch.topology.record.BoundedDeserializer;
import io.stillwatch.topology.record.CountingDeserializer;
import io.stillwatch.topology.record.EventTimeExtractor;
import io.stillwatch.topology.record.Guarded;
import io.stillwatch.topology.record.OcsfSerializer;
import io.stillwatch.topology.record.RequestEventDeserializer;
import io.stillwatch.topology.state.AccountStoreBuilder;
import io.stillwatch.topology.state.Changelogs;
import io.stillwatch.topology.state.Durability;
import io.stillwatch.topology.state.PaneStoreBuilder;
import io.stillwatch.topology.topics.StoreNames;
import io.stillwatch.topology.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The pipeline as a Streams topology: requests → fingerprints → profiles → alerts, in one sub-topology, so an event is
 * read once and written once.
 */
public final class PipelineTopology {
    private static final String REQUESTS = "requests";
    private static final String FINGERPRINT = "fingerprint";
    private static final String PROFILE = "profile";
    private static final String MISPLACED = "misplaced-requests";
    private static final String FINGERPRINTS_OUT = "fingerprints";
    private static final String PROFILES_OUT = "profiles";
    private static final String SIGNATURES = "signatures";
    private static final String BASELINE = "baseline";
    private static final String PUBLISHED_BASELINE = "published-baseline-reader";
    private static final String DEFINITIONS = "signature-definitions-reader";
    private static final String ENROLMENTS = "enrolments";
    private static final String ENROLMENTS_READER = "enrolments-reader";
    private static final String ALLOWLIST = "allowlist";
    private static final String ALLOWLIST_READER = "allowlist-reader";
    private static final String TRIAGE = "triage";
    private static final String TRIAGE_READER = "triage-reader";
    private static final String CAMPAIGN_FINDINGS_OUT = "campaign-findings";
    private static final String FINDINGS_OUT = "findings";
    private static final String ALERTS_OUT = "alerts";
    private static final String LOSSES_OUT = "losses";
    private static final String LINKS_OUT = "links";
    private static final String LINKS = "links-reader";
    private static final String CAMPAIGN = "campaign";
    private static final String CAMPAIGNS_OUT = "campaigns";
    private static final String CAMPAIGN_ALERTS_OUT = "campaign-alerts";
    private static final String CAMPAIGN_OCSF_OUT = "campaign-alerts-ocsf";
    private static final String OCSF_OUT = "alerts-ocsf";
    private static final String DECIDED = "decided";
    private static final String DECISIONS_IN_FORCE = "decisions-reader";
    private static final String ALERT_STEPS = "alert-steps";
    private static final String MEMBERS = "campaign-members";
    private static final String DECIDER = "decider";
    private static final String DECISIONS_OUT = "decisions";

    /** What is read of a topic without text; such topics take records of a mebibyte where Stillwatch made them. */
    private static final int LONGEST_BYTES = 4 << 20;

    private PipelineTopology() {}

    /**
     * Where the pipeline begins.
     *
     * <p>{@code FINGERPRINTS} replays what an earlier pipeline kept; it needs no text and gives the same alerts.
     */
    public enum Start {
        REQUESTS,
        FINGERPRINTS
    }

    /**
     * Builds the topology; connects to nothing.
     *
     * @param signatures to run where the signatures topic says nothing else
     */
    public static Topology build(
            Start start, PipelineOptions options, Topics topics, SignatureSet signatures, SerdeFactory serdes) {
        return build(start, options, topics, signatures, serdes, Durability.DURABLE, EvaluationListener.NONE);
    }

    /** The same topology with its state kept otherwise, and somebody listening. */
    public static Topology build(
            Start start,
            PipelineOptions options,
            Topics topics,
            SignatureSet signatures,
            SerdeFactory serdes,
            Durability keeping,
            EvaluationListener listener) {
        Topology topology = new Topology();
        Serializer<String> keys = new StringSerializer();
        if (start == Start.REQUESTS) {
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    REQUESTS,
                    new EventTimeExtractor(),
                    new ByteArrayDeserializer(),
                    new CountingDeserializer(new RequestEventDeserializer(
                            serdes.serde(RequestEvent.class).deserializer())),
                    topics.requests());
            topology.addProcessor(
                    FINGERPRINT,
                    () -> Guarded.counting(new FingerprintProcessor(
                            options.partitions(), topics.requests(), MISPLACED, FINGERPRINTS_OUT, PROFILE)),
                    REQUESTS);
            topology.addSink(
                    MISPLACED,
                    topics.requests(),
                    keys,
                    serdes.serde(RequestEvent.class).serializer(),
                    FINGERPRINT);
            topology.addSink(
                    FINGERPRINTS_OUT,
                    topics.fingerprints(),
                    keys,
                    serdes.serde(RequestFingerprint.class).serializer(),
                    FINGERPRINT);
        } else {
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    FINGERPRINT,
                    new EventTimeExtractor(),
                    new StringDeserializer(),
                    new CountingDeserializer(bounded(serdes, RequestFingerprint.class)),
                    topics.fingerprints());
        }
        topology.addGlobalStore(
                LiveSignatures.store(),
                SIGNATURES,
                (record, unused) -> Math.max(0, record.timestamp()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.signatures(),
                DEFINITIONS,
                () -> new NewestRecords(LiveSignatures.STORE, "a definition of a signature", LiveSignatures.BOUNDS));
        topology.addGlobalStore(
                LiveBaseline.store(),
                BASELINE,
                (record, unused) -> Math.max(0, record.timestamp()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.baseline(),
                PUBLISHED_BASELINE,
                () -> new NewestRecords(LiveBaseline.STORE, "a baseline", LiveBaseline.BOUNDS));
        LiveAllowlist allowlist = new LiveAllowlist(bounded(serdes, AllowlistEntry.class));
        topology.addGlobalStore(
                GlobalInput.store(LiveAllowlist.STORE),
                ALLOWLIST,
                (record, unused) -> Math.max(0, record.timestamp()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.allowlist(),
                ALLOWLIST_READER,
                () -> new GlobalInput((offset, key, value) -> allowlist.take(key, value)));
        LiveTriage triage = new LiveTriage(bounded(serdes, TriageRecord.class));
        topology.addGlobalStore(
                GlobalInput.store(LiveTriage.STORE),
                TRIAGE,
                (record, unused) -> Math.max(0, record.timestamp()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.triage(),
                TRIAGE_READER,
                () -> new GlobalInput(triage::take));
        LiveEnrolments enrolments = new LiveEnrolments();
        topology.addGlobalStore(
                GlobalInput.store(LiveEnrolments.STORE),
                ENROLMENTS,
                (record, unused) -> Math.max(0, record.timestamp()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.enrolments(),
                ENROLMENTS_READER,
                () -> new GlobalInput((offset, key, value) -> enrolments.take(key, value)));
        LiveBaseline baseline = new LiveBaseline(options.reference(), enrolments);
        LiveSignatures live =
                new LiveSignatures(signatures, bounded(serdes, SignatureDefinition.class), options.publishers());
        topology.addProcessor(
                PROFILE,
                () -> Guarded.counting(new ProfileProcessor(
                        options,
                        live,
                        baseline,
                        allowlist,
                        triage,
                        new ProfileProcessor.Outputs(
                                List.of(ALERTS_OUT, OCSF_OUT), PROFILES_OUT, LOSSES_OUT, FINDINGS_OUT, LINKS_OUT),
                        listener)),
                FINGERPRINT);
        AccountStoreBuilder accounts = new AccountStoreBuilder(StoreNames.ACCOUNTS, options, keeping);
        PaneStoreBuilder panes = new PaneStoreBuilder(StoreNames.PANES, options, keeping);
        topology.addStateStore(
                keeping.durable() ? accounts.withLoggingEnabled(Changelogs.ofAccounts()) : accounts, PROFILE);
        topology.addStateStore(
                keeping.durable() ? panes.withLoggingEnabled(Changelogs.ofPanes(options.daysKept())) : panes, PROFILE);
        topology.addSink(
                PROFILES_OUT,
                topics.profiles(),
                keys,
                serdes.serde(ProfileSnapshot.class).serializer(),
                PROFILE);
        topology.addSink(
                ALERTS_OUT, topics.alerts(), keys, serdes.serde(Alert.class).serializer(), PROFILE);
        topology.addSink(
                FINDINGS_OUT,
                topics.findings(),
                keys,
                serdes.serde(ShadowFinding.class).serializer(),
                PROFILE);
        topology.addSink(
                LOSSES_OUT,
                topics.losses(),
                keys,
                serdes.serde(SourceLosses.class).serializer(),
                PROFILE);
        topology.addSink(OCSF_OUT, topics.alertsOcsf(), keys, ocsf(options.productVersion()), PROFILE);
        if (options.campaigns()) {
            topology.addSink(
                    LINKS_OUT,
                    topics.links(),
                    keys,
                    serdes.serde(AccountLinks.class).serializer(),
                    PROFILE);
            campaigns(
                    topology,
                    options,
                    topics,
                    new CampaignProcessor.Inputs(
                            live, baseline, allowlist, triage, bounded(serdes, AccountLinks.class)),
                    serdes,
                    keeping,
                    listener);
        }
        decisions(topology, options, topics, triage, serdes, keeping);
        return topology;
    }

    /**
     * A second sub-topology, as its input is on one partition: it takes a few records an account. The last to be added, so
     * that the first one's tasks and their state are the same without it.
     */
    private static void campaigns(
            Topology topology,
            PipelineOptions options,
            Topics topics,
            CampaignProcessor.Inputs inputs,
            SerdeFactory serdes,
            Durability keeping,
            EvaluationListener listener) {
        Serializer<String> keys = new StringSerializer();
        topology.addSource(LINKS, new StringDeserializer(), new ByteArrayDeserializer(), topics.links());
        topology.addProcessor(
                CAMPAIGN,
                () -> Guarded.of(new CampaignProcessor(
                        options,
                        inputs,
                        List.of(CAMPAIGN_ALERTS_OUT, CAMPAIGN_OCSF_OUT),
                        CAMPAIGNS_OUT,
                        CAMPAIGN_FINDINGS_OUT,
                        listener)),
                LINKS);
        topology.addStateStore(CampaignStore.links(keeping), CAMPAIGN);
        topology.addStateStore(CampaignStore.campaigns(keeping), CAMPAIGN);
        topology.addSink(
                CAMPAIGNS_OUT,
                topics.campaigns(),
                keys,
                serdes.serde(CampaignMember.class).serializer(),
                CAMPAIGN);
        topology.addSink(
                CAMPAIGN_ALERTS_OUT,
                topics.alerts(),
                keys,
                serdes.serde(Alert.class).serializer(),
                CAMPAIGN);
        topology.addSink(
                CAMPAIGN_FINDINGS_OUT,
                topics.findings(),
                keys,
                serdes.serde(ShadowFinding.class).serializer(),
                CAMPAIGN);
        topology.addSink(CAMPAIGN_OCSF_OUT, topics.alertsOcsf(), keys, ocsf(options.productVersion()), CAMPAIGN);
    }

    /**
     * A sub-topology that reads what the others write, alerts and members of campaigns, each on one partition; so one task
     * sees all of them.
     */
    private static void decisions(
            Topology topology,
            PipelineOptions options,
            Topics topics,
            LiveTriage triage,
            SerdeFactory serdes,
            Durability keeping) {
        topology.addGlobalStore(
                LiveDecisions.store(),
                DECIDED,
                (record, unused) -> Math.max(0, record.timestamp()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.decisions(),
                DECISIONS_IN_FORCE,
                () -> new NewestRecords(LiveDecisions.STORE, "a decision", LiveDecisions.BOUNDS));
        topology.addSource(
                AutoOffsetReset.earliest(),
                ALERT_STEPS,
                (record, unused) -> Math.max(0, record.timestamp()),
                new StringDeserializer(),
                bounded(serdes, Alert.class),
                topics.alerts());
        List<String> sources = new ArrayList<>(List.of(ALERT_STEPS));
        if (options.campaigns()) {
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    MEMBERS,
                    (record, unused) -> Math.max(0, record.timestamp()),
                    new StringDeserializer(),
                    bounded(serdes, CampaignMember.class),
                    topics.campaigns());
            sources.add(MEMBERS);
        }
        topology.addProcessor(
                DECIDER, () -> Guarded.of(new DeciderProcessor(options, triage)), sources.toArray(String[]::new));
        topology.addStateStore(DeciderProcessor.store(keeping), DECIDER);
        topology.addSink(
                DECISIONS_OUT,
                topics.decisions(),
                new StringSerializer(),
                serdes.serde(Decision.class).serializer(),
                DECIDER);
    }

    private static <T extends SpecificRecord> Deserializer<T> bounded(SerdeFactory serdes, Class<T> type) {
        return new BoundedDeserializer<>(serdes.serde(type).deserializer(), LONGEST_BYTES);
    }

    private static Serializer<Alert> ocsf(String productVersion) {
        return new OcsfSerializer(productVersion);
    }
}
