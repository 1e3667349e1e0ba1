package io.stillwatch.topology.decision;

import io.stillwatch.account.EventTime;
import io.stillwatch.decision.Change;
import io.stillwatch.decision.Decider;
import io.stillwatch.decision.DeciderState;
import io.stillwatch.decision.DecisionRules;
import io.stillwatch.decision.Policy;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Decision;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.control.LiveTriage;
import io.stillwatch.topology.control.TriageReport;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.state.Changelogs;
import io.stillwatch.topology.state.Durability;
import io.stillwatch.topology.state.EarlyCommit;
import io.stillwatch.topology.state.OriginCheck;
import io.stillwatch.topology.state.StateOrigin;
import io.stillwatch.topology.state.StoredFormat;
import io.stillwatch.topology.topics.StoreNames;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes decisions of alerts, members of campaigns and orders, in one task that sees them all.
 *
 * <p>The decider's state is in memory and, entry by entry, in a store with a changelog, from which it is made again after a
 * restart. The wall clock only asks whether the triage topic brought an order, and when to commit.
 */
public final class DeciderProcessor implements Processor<String, Object, String, Decision> {
    /** Number of the format in which the state is written. */
    private static final String FORMAT = "format";

    /** Where the state comes from: see {@link StateOrigin}. */
    private static final String ORIGIN = "origin";

    private static final Logger LOG = LoggerFactory.getLogger(DeciderProcessor.class);
    private static final Duration ORDERS_EVERY = Duration.ofMillis(250);
    private static final int SECRET_BYTES = 32;

    private final PipelineOptions options;
    private final LiveTriage triage;
    private ProcessorContext<String, Decision> context;
    private Decider decider;
    private OriginCheck origin;
    private final EarlyCommit commits = new EarlyCommit();
    private LiftOrders lifts;
    private DecisionMetrics metrics;
    private boolean adopted;
    private long toldHour = Long.MIN_VALUE;
    private long toldRefused;

    public DeciderProcessor(PipelineOptions options, LiveTriage triage) {
        this.options = options;
        this.triage = triage;
    }

    public static StoreBuilder<KeyValueStore<String, byte[]>> store(Durability keeping) {
        StoreBuilder<KeyValueStore<String, byte[]>> builder = Stores.keyValueStoreBuilder(
                keeping.durable()
                        ? Stores.persistentKeyValueStore(StoreNames.DECIDER)
                        : Stores.inMemoryKeyValueStore(StoreNames.DECIDER),
                Serdes.String(),
                Serdes.ByteArray());
        return keeping.durable()
                ? builder.withCachingEnabled().withLoggingEnabled(Changelogs.ofAccounts())
                : builder.withLoggingDisabled();
    }

    @Override
    public void init(ProcessorContext<String, Decision> processorContext) {
        context = processorContext;
        KeyValueStore<String, byte[]> store = context.getStateStore(StoreNames.DECIDER);
        StoredFormat.check(store, FORMAT).ifPresent(number -> store.put(FORMAT, number));
        origin = OriginCheck.of(
                context, List.of(StoreNames.DECIDER), () -> store.get(ORIGIN), kept -> store.put(ORIGIN, kept));
        DeciderState state = new DeciderState((key, value) -> {
            if (value == null) {
                store.delete(key);
            } else {
                store.put(key, value);
            }
        });
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                if (!entry.key.equals(ORIGIN) && !entry.key.equals(FORMAT)) {
                    state.restore(entry.key, entry.value);
                }
            }
        }
        DecisionRules rules = options.policy();
        decider =
                new Decider(rules.policy(), rules.key(), DeciderProcessor::random, state, options.mostLinkedAccounts());
        adopted = false;
        metrics = new DecisionMetrics(context);
        lifts = new LiftOrders(triage);
        context.schedule(ORDERS_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> takeOrders());
    }

    private static byte[] random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    private void takeOrders() {
        origin.settle();
        adoptPolicy();
        lifts.since().forEach(order -> TriageReport.carryOut(order, this::lift));
        // A gateway waits for it; the interval would be up to five seconds. Not at every decision: there may be
        // thousands.
        if (commits.due(false)) {
            context.commit();
        }
    }

    private void lift(LiveTriage.Order order) {
        List<Change> changes = decider.order(order.record());
        if (!changes.isEmpty()) {
            LOG.info("An order by {} lifted {} decisions.", order.record().getBy(), changes.size());
        }
        tell(changes);
    }

    /** Not when the task is made: nothing can be handed on before it runs. */
    private void adoptPolicy() {
        if (!adopted) {
            adopted = true;
            tell(decider.adoptPolicy());
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        origin.settle();
        adoptPolicy();
        tell(record.value() instanceof Alert step ? decider.alert(step) : member(record));
    }

    private List<Change> member(Record<String, Object> record) {
        // The key tells of whom, also where there is no value.
        int separator = record.key() == null ? -1 : record.key().indexOf('/');
        if (separator < 0) {
            return List.of();
        }
        return decider.member(
                record.key().substring(0, separator),
                record.key().substring(separator + 1),
                Optional.ofNullable((CampaignMember) record.value()),
                record.timestamp());
    }

    private void tell(List<Change> changes) {
        boolean dryRun = options.policy().policy().mode() == Policy.Mode.DRY_RUN;
        List<Change> published = new ArrayList<>();
        for (Change change : changes) {
            if (change.published()) {
                published.add(change);
            } else if (dryRun) {
                LOG.info("Dry run: {}", DecisionWords.of(change));
            }
            metrics.count(change);
            tellOfCeiling(change);
        }
        published.forEach(this::publish);
        if (!published.isEmpty()) {
            commits.published();
        }
        if (decider.refused() > toldRefused) {
            LOG.warn(
                    "Decisions are in force for {} accounts, so nothing was decided about {} more; give the program more"
                            + " heap, or lift what is not wanted.",
                    options.mostLinkedAccounts(),
                    decider.refused() - toldRefused);
            toldRefused = decider.refused();
        }
    }

    /** Once an hour of event time: the decisions themselves say it of each account. */
    private void tellOfCeiling(Change change) {
        long hour = EventTime.hourOf(change.timeMs());
        if (change.beyondCeiling() && hour != toldHour) {
            toldHour = hour;
            LOG.warn(
                    "The ceiling of {} blocked accounts an hour is reached in the hour from {}: further accounts are treated"
                            + " more mildly. If a signature is wrong, disable it and run 'stillwatch decisions lift"
                            + " --signature ID'.",
                    options.policy().policy().ceiling().blocksAnHour(),
                    Instant.ofEpochMilli(hour * EventTime.HOUR_MS));
        }
    }

    private void publish(Change change) {
        long timeMs = Math.max(0, change.timeMs());
        String id = change.account() + "/"
                + change.decision().map(Decision::getAlertId).orElse("lifted")
                + "/" + timeMs
                + change.decision().map(made -> "/" + made.getAction()).orElse("");
        context.forward(new Record<>(
                change.account(),
                change.decision().orElse(null),
                timeMs,
                CloudEventHeaders.of(id, EventTypes.DECISION, "application/avro", timeMs)));
    }
}
