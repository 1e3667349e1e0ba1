package io.stillwatch.topology.campaign;

import io.stillwatch.account.ShadowMemory;
import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.AlertSeverity;
import io.stillwatch.alert.Observation;
import io.stillwatch.alert.SoFar;
import io.stillwatch.campaign.CampaignBook;
import io.stillwatch.campaign.Gathering;
import io.stillwatch.campaign.Group;
import io.stillwatch.campaign.GroupInWords;
import io.stillwatch.campaign.LinkIndex;
import io.stillwatch.campaign.Member;
import io.stillwatch.campaign.WorkGrouping;
import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import io.stillwatch.signature.Severity;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.alerting.AlertForwarder;
import io.stillwatch.topology.alerting.ShadowFindings;
import io.stillwatch.topology.alerting.Shadowed;
import io.stillwatch.topology.control.BaselineInUse;
import io.stillwatch.topology.control.LiveAllowlist;
import io.stillwatch.topology.control.LiveBaseline;
import io.stillwatch.topology.control.LiveSignatures;
import io.stillwatch.topology.control.LiveTriage;
import io.stillwatch.topology.control.OrderDesk;
import io.stillwatch.topology.control.Rules;
import io.stillwatch.topology.control.TriageReport;
import io.stillwatch.topology.state.EarlyCommit;
import io.stillwatch.topology.state.OriginCheck;
import io.stillwatch.topology.topics.StoreNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds campaigns among all accounts.
 *
 * <p>It takes what accounts share, a few records an account, on one partition, so it sees all of them: its work grows with
 * the accounts, not with the requests. Now and then, by event time ({@link CampaignTime}), it groups the accounts, asks
 * the signatures about each group that has changed, and tells who the members of those are that are campaigns. What is
 * known at each look does not depend on the order in which the partitions come ({@link LinkIntake}).
 */
public final class CampaignProcessor implements Processor<String, byte[], String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignProcessor.class);
    private static final int LEAST_MEMBERS = 5;
    private static final int MOST_GROWTH = 3;
    private static final int MOST_BEHAVIOURS = 8;
    private static final int MOST_EXAMPLES = 5;
    private static final Duration SIGNATURES_EVERY = Duration.ofMillis(250);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);

    private final PipelineOptions options;
    private final LiveSignatures live;
    private final LiveBaseline liveBaseline;
    private final LiveAllowlist liveAllowlist;
    private final LiveTriage triage;
    private final Deserializer<AccountLinks> deserializer;
    private final List<String> alertNodes;
    private final String campaignNode;
    private final String findingNode;
    private final EvaluationListener listener;
    private ProcessorContext<String, Object> context;
    private CampaignStore store;
    private PipelineMeters.Task task;
    private final EarlyCommit earlyCommit = new EarlyCommit();
    private CampaignTime time;
    private LinkIndex index;
    private LinkIntake intake;
    private WorkGrouping grouping;
    private CampaignBook book;
    private CampaignMembers members;
    private AlertForwarder forwarder;
    private ShadowFindings shadows;
    private TriageReport orders;
    private SignatureSet signatures;
    private LiveAllowlist.Current allowed;
    private @Nullable Rules settled;
    private OriginCheck origin;
    private BaselineInUse baseline;
    private OrderDesk desk;

    /**
     * What comes beside the accounts' links, shared with all partitions of the instance.
     *
     * @param links reads records of the links topic
     */
    public record Inputs(
            LiveSignatures signatures,
            LiveBaseline baseline,
            LiveAllowlist allowlist,
            LiveTriage triage,
            Deserializer<AccountLinks> links) {}

    /**
     * @param alertNodes nodes that take alerts
     * @param campaignNode node that takes members of campaigns
     * @param findingNode node that takes findings that the allowlist lets pass
     * @param listener told of every group that is looked at
     */
    public CampaignProcessor(
            PipelineOptions options,
            Inputs inputs,
            List<String> alertNodes,
            String campaignNode,
            String findingNode,
            EvaluationListener listener) {
        this.options = options;
        this.live = inputs.signatures();
        this.liveBaseline = inputs.baseline();
        this.liveAllowlist = inputs.allowlist();
        this.triage = inputs.triage();
        this.deserializer = inputs.links();
        this.alertNodes = alertNodes;
        this.campaignNode = campaignNode;
        this.findingNode = findingNode;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = new CampaignStore(
                context.getStateStore(CampaignStore.LINKS),
                context.getStateStore(StoreNames.CAMPAIGNS),
                deserializer,
                options.partitions());
        store.checkFormat();
        origin = OriginCheck.of(context, List.of(StoreNames.CAMPAIGNS), store::origin, store::setOrigin);
        time = store.time();
        index = store.index();
        intake = new LinkIntake(store, time, index, () -> look(false));
        // Streams calls this again for a task that it revives: what was kept belongs to the former index.
        grouping = new WorkGrouping(LEAST_MEMBERS);
        book = store.book();
        members = new CampaignMembers(context, campaignNode, store, book);
        forwarder = new AlertForwarder(context, alertNodes);
        shadows = new ShadowFindings(context, findingNode, options.quietTime());
        orders = new TriageReport(context);
        desk = new OrderDesk(context, triage, EntityType.CAMPAIGN, store::ordersTaken, store::setOrdersTaken);
        baseline = new BaselineInUse(context, liveBaseline, options.quietTime());
        ReadOnlyKeyValueStore<String, byte[]> published = context.getStateStore(LiveSignatures.STORE);
        signatures = live.read(published);
        allowed = liveAllowlist.read();
        // As in ProfileProcessor: the wall clock only asks whether the topics of definitions and orders brought
        // something.
        context.schedule(SIGNATURES_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            origin.settle();
            signatures = live.read(published);
            allowed = liveAllowlist.read();
            baseline.refresh();
            lookAgain();
            desk.take(this::obey);
        });
        task = PipelineMeters.of(processorContext.appConfigs()).begin();
        // Not at every step of every alert: a commit writes all accounts of the thread's other tasks too.
        context.schedule(EVERY_SECOND, PunctuationType.WALL_CLOCK_TIME, now -> {
            if (earlyCommit.due(false)) {
                context.commit();
            }
            if (!options.endTold()) {
                intake.passWallClock(now);
            }
            task.sample().campaigns(book.campaigns(), book.memberships(), index.accounts());
        });
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
        }
    }

    /** Looks at all groups where the signatures or the allowlist are others than at the last time, also while it was down. */
    private void lookAgain() {
        Rules rules = new Rules(signatures, allowed);
        // Mostly they are the same objects; telling revisions means to go through the text of all signatures.
        if (rules.equals(settled)) {
            return;
        }
        Map<String, Long> revisions = rules.revisions();
        Optional<Map<String, Long>> before = store.lookedWith();
        if (before.isPresent() && !before.get().equals(revisions)) {
            look(true);
        }
        if (before.isEmpty() || !before.get().equals(revisions)) {
            store.setLookedWith(revisions);
        }
        settled = rules;
    }

    private void obey(LiveTriage.Order order) {
        CampaignState state = store.campaign(order.entityId());
        if (state.alerts().isEmpty()) {
            // One that does not say of which type the entity is may be about an account.
            if (order.record().getEntityType() != null) {
                orders.took(false);
            }
            return;
        }
        Alert newest = state.alerts().newest().orElseThrow();
        AlertLifecycle.Step step = baseline.lifecycle()
                .obey(
                        state.alerts(),
                        order.record(),
                        new SoFar(
                                time.nowMs(),
                                Math.max(state.requests(), newest.getRequests()),
                                newest.getOutputTokens()));
        step.alert().ifPresent(this::publish);
        orders.took(step.alert().isPresent());
        store.putCampaign(order.entityId(), state.with(step.memory()));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        origin.settle();
        intake.take(record, context.recordMetadata().map(RecordMetadata::offset).orElseThrow());
    }

    /** @param anew whether groups that have not changed are looked at too */
    private void look(boolean anew) {
        long nowMs = time.nowMs();
        forget(index.quietFor(options.daysKept().toMillis(), time.clocks(), nowMs));
        if (index.accounts() > options.mostLinkedAccounts()) {
            // An eighth more, so that it does not come to this at every look.
            int over = index.accounts() - options.mostLinkedAccounts() + options.mostLinkedAccounts() / 8;
            LOG.warn(
                    "More than {} accounts are known: the {} that have been quiet for longest are no longer looked at for"
                            + " campaigns. Give the program more heap to keep more.",
                    options.mostLinkedAccounts(),
                    over);
            forget(index.quietest(over));
        }
        Set<String> seen = new HashSet<>();
        Set<String> groups = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (CampaignBook.Sighting sighting : book.recognise(grouping.groups(index))) {
            Optional<Group> left = sighting.group().without(taken, LEAST_MEMBERS);
            if (left.isEmpty()) {
                continue;
            }
            (sighting.known() ? seen : groups).add(sighting.name());
            if (look(left.get(), sighting.name(), sighting.known(), anew)) {
                left.get().members().forEach(member -> taken.add(member.account()));
            }
            seen.addAll(joined(sighting));
        }
        store.keepGroups(groups);
        for (String campaign : store.waiting()) {
            if (!seen.contains(campaign) && !groups.contains(campaign)) {
                forgetWaiting(campaign);
            }
        }
        for (String campaign : store.active()) {
            if (!seen.contains(campaign)) {
                closeIfQuiet(campaign, nowMs);
            }
        }
    }

    /**
     * Lets campaigns that have become one group be one, where that looks like a campaign. Otherwise each goes on: something
     * else chains them together for a while.
     *
     * @return those that go on beside
     */
    private List<String> joined(CampaignBook.Sighting sighting) {
        if (store.campaign(sighting.name()).held()) {
            sighting.merged().forEach(other -> merge(other, sighting.name()));
            return List.of();
        }
        sighting.merged().forEach(other -> closeIfQuiet(other, time.nowMs()));
        return sighting.merged();
    }

    private void forget(List<String> accounts) {
        for (String account : accounts) {
            index.remove(account);
            store.forget(account);
        }
    }

    /** Looks at a group; tells whether it is a campaign. */
    private boolean look(Group group, String name, boolean known, boolean anew) {
        CampaignState before = known ? store.campaign(name) : store.group(name);
        boolean outgrown = before.outgrownBy(group.members().size(), group.requests()) || stillActive(before, group);
        boolean more = before.waits() && group.requests() > before.requests();
        if (!anew && !outgrown && !more) {
            if (before.held()) {
                members.tell(name, group, index, time.nowMs());
            }
            if (known && before.held()) {
                members.release(name, group, index, time.nowMs());
            }
            if (known) {
                closeIfQuiet(name, time.nowMs());
            }
            return known && (before.held() || before.told());
        }
        CampaignWindows windows = windows(name, group);
        List<Finding> findings = signatures.assess(windows, live::failed).findings();
        listener.evaluated(name, group, time.nowMs(), findings, windows);
        if (findings.isEmpty() && !known) {
            store.putGroup(name, CampaignState.of(group.members().size(), group.requests()));
            return false;
        }
        if (findings.isEmpty() && before.waits()) {
            return false;
        }
        // A group that no longer looks like a campaign takes nobody else in.
        if (findings.isEmpty()) {
            fadeFrom(name, group);
        } else {
            members.tell(name, group, index, time.nowMs());
        }
        // Also where the group is found anew: the alert of a campaign that came apart goes on where it ended.
        CampaignState campaign = store.campaign(name);
        if (!group.byKeys() && !campaign.told() && !campaign.waits()) {
            store.putCampaign(name, CampaignState.waiting(group.members().size(), group.requests()));
            return true;
        }
        AllowedMembers allowing = new AllowedMembers(allowed.allowlist(), name, group, store::links, time.nowMs());
        Shadowed.Split split = Shadowed.split(findings, List.of(), allowing::allows);
        Observation seen = observation(name, group, windows, split.alerting());
        AlertLifecycle.Step step = decide(campaign.alerts(), seen, anew, allowing);
        step.alert().ifPresent(this::publish);
        ShadowMemory allowedNow = shadows.advance(allowedOf(name, campaign), split.silent(), id -> true, time.nowMs());
        store.putCampaign(
                name,
                new CampaignState(
                        group.members().size(), group.requests(), step.memory(), allowedNow, !findings.isEmpty()));
        return true;
    }

    /** Forgets a group that looked like a campaign once and is none any more, before anybody was told. */
    private void forgetWaiting(String name) {
        members.dissolve(name, time.nowMs());
        store.forgetCampaign(name);
    }

    /**
     * A campaign that has long been part of a much larger group, which is none, is no longer about anybody of it. Until then
     * its members stay: where others are chained to it for a while it would lose them look by look, and with them its name.
     */
    private void fadeFrom(String name, Group group) {
        AlertMemory alerts = store.campaign(name).alerts();
        boolean lately = !alerts.isEmpty()
                && time.nowMs() - alerts.lastHeldMs() < options.quietTime().toMillis() / 2;
        if (!lately && MOST_GROWTH * book.members(name).size() < group.members().size()) {
            members.dissolve(name, time.nowMs());
        }
    }

    private AlertLifecycle.Step decide(AlertMemory alerts, Observation seen, boolean anew, AllowedMembers allowing) {
        if (seen.findings().isEmpty()) {
            AlertLifecycle.Step step =
                    baseline.lifecycle().allow(alerts, seen, id -> allowing.allowsPart(id, this::isOfCampaigns));
            if (step.alert().isPresent()) {
                return step;
            }
            if (anew) {
                return baseline.lifecycle().withdraw(alerts, seen, signatures::mayAlert);
            }
        }
        return baseline.lifecycle().advance(alerts, seen);
    }

    /** What accounts do is no reason for a campaign's alert, but only told with it. */
    private boolean isOfCampaigns(String signature) {
        return signatures
                .named(signature)
                .filter(compiled -> compiled.signature().entity().equals(EntityType.CAMPAIGN))
                .isPresent();
    }

    /** A large campaign that goes on slowly must not fall silent for lack of growth. */
    private boolean stillActive(CampaignState before, Group group) {
        return !before.alerts().isEmpty()
                && group.requests() > before.requests()
                && time.nowMs() - before.alerts().lastHeldMs()
                        >= options.quietTime().toMillis() / 4;
    }

    private CampaignWindows windows(String name, Group group) {
        Gathering gathering = new Gathering(group.byKeys());
        for (Member member : group.members()) {
            store.profile(member.account()).ifPresent(profile -> gathering.add(member, profile));
        }
        long startMs = group.members().stream().mapToLong(Member::firstMs).min().orElse(0);
        return new CampaignWindows(EntityType.CAMPAIGN, name, gathering, baseline.reference(), startMs, time.nowMs());
    }

    private Observation observation(String name, Group group, CampaignWindows windows, List<Finding> findings) {
        List<Finding> all = new ArrayList<>(findings);
        if (!findings.isEmpty()) {
            Severity most = AlertSeverity.highest(findings);
            signatures.assess(windows.readBy(EntityType.ACCOUNT), live::failed).findings().stream()
                    .limit(MOST_BEHAVIOURS)
                    .forEach(finding -> {
                        finding.setWindow(CampaignWindows.SPAN.toString());
                        // What the members do says what is harvested, not that they belong together.
                        finding.setSeverity(AlertSeverity.atMost(most, finding).id());
                        all.add(finding);
                    });
        }
        List<String> examples = windows.gathering().profile().exampleEventIds();
        return new Observation(
                EntityType.CAMPAIGN,
                name,
                time.nowMs(),
                all,
                windows.startMs(),
                group.requests(),
                group.outputTokens(),
                examples.subList(0, Math.min(MOST_EXAMPLES, examples.size())),
                group.members().size(),
                group.members().stream()
                        .map(Member::account)
                        .filter(account -> members.isTold(name, account))
                        .limit(Observation.MOST_LINKED)
                        .toList(),
                findings.isEmpty() ? "" : GroupInWords.of(group, windows.gathering(), index));
    }

    private void publish(Alert alert) {
        forwarder.publish(alert);
        if (AlertLifecycle.opens(alert)) {
            earlyCommit.published();
        }
    }

    private void merge(String campaign, String into) {
        CampaignState state = store.campaign(campaign);
        members.dissolve(campaign, time.nowMs());
        AlertLifecycle.Step step =
                baseline.lifecycle().end(state.alerts(), time.nowMs(), "It has merged with campaign " + into + ".");
        step.alert().ifPresent(this::publish);
        ShadowMemory ended = shadows.advance(allowedOf(campaign, state), List.of(), id -> true, time.nowMs());
        CampaignState merged = new CampaignState(0, 0, step.memory(), ended, false);
        if (merged.told()) {
            store.putCampaign(campaign, merged);
        } else {
            store.forgetCampaign(campaign);
        }
    }

    private void closeIfQuiet(String campaign, long nowMs) {
        CampaignState before = store.campaign(campaign);
        CampaignState state = before.with(shadows.endQuiet(allowedOf(campaign, before), nowMs));
        AlertMemory alerts = state.alerts();
        if (alerts.open().isPresent() && nowMs >= baseline.lifecycle().closesAtMs(alerts)) {
            Alert open = alerts.open().get();
            AlertLifecycle.Step step = baseline.lifecycle()
                    .advance(
                            alerts,
                            new Observation(
                                    EntityType.CAMPAIGN,
                                    campaign,
                                    nowMs,
                                    List.of(),
                                    open.getFirstEventTime(),
                                    open.getRequests(),
                                    open.getOutputTokens(),
                                    List.of()));
            step.alert().ifPresent(this::publish);
            store.putCampaign(campaign, state.with(step.memory()));
        } else if (state.allowed() != before.allowed()) {
            store.putCampaign(campaign, state);
        }
    }

    private static ShadowFindings.Entity allowedOf(String campaign, CampaignState state) {
        return new ShadowFindings.Entity(EntityType.CAMPAIGN, campaign, state.allowed());
    }
}
