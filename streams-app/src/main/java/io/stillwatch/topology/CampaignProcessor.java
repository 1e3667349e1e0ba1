package io.stillwatch.topology;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.Observation;
import io.stillwatch.baseline.Reference;
import io.stillwatch.campaign.CampaignBook;
import io.stillwatch.campaign.Gathering;
import io.stillwatch.campaign.Group;
import io.stillwatch.campaign.Grouping;
import io.stillwatch.campaign.LinkIndex;
import io.stillwatch.campaign.Member;
import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds campaigns among all accounts.
 *
 * <p>It takes what accounts share, a few records an account, on one partition, so it sees all of them: its work grows with
 * the accounts, not with the requests. Now and then, by event time ({@link CampaignTime}), it groups the accounts, asks
 * the signatures about each group that has changed, and tells who the members of those are that are campaigns. The groups
 * depend on the newest record of each account alone, so in whatever order the partitions come, the campaigns end the same.
 */
final class CampaignProcessor implements Processor<String, byte[], String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignProcessor.class);
    private static final int LEAST_MEMBERS = 5;
    private static final int MOST_BEHAVIOURS = 8;
    private static final int MOST_EXAMPLES = 5;
    private static final Duration SIGNATURES_EVERY = Duration.ofMillis(250);

    private final PipelineOptions options;
    private final LiveSignatures live;
    private final LiveBaseline liveBaseline;
    private final Deserializer<AccountLinks> deserializer;
    private final List<String> alertNodes;
    private final String campaignNode;
    private ProcessorContext<String, Object> context;
    private CampaignStore store;
    private CampaignTime time;
    private LinkIndex index;
    private CampaignBook book;
    private CampaignMembers members;
    private AlertForwarder forwarder;
    private SignatureSet signatures;
    private Reference reference;
    private AlertLifecycle lifecycle;

    /**
     * @param deserializer of the links topic
     * @param alertNodes nodes that take alerts
     * @param campaignNode node that takes members of campaigns
     */
    CampaignProcessor(
            PipelineOptions options,
            LiveSignatures live,
            LiveBaseline liveBaseline,
            Deserializer<AccountLinks> deserializer,
            List<String> alertNodes,
            String campaignNode) {
        this.options = options;
        this.live = live;
        this.liveBaseline = liveBaseline;
        this.deserializer = deserializer;
        this.alertNodes = alertNodes;
        this.campaignNode = campaignNode;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = new CampaignStore(
                context.getStateStore(CampaignStore.LINKS),
                context.getStateStore(CampaignStore.CAMPAIGNS),
                deserializer);
        time = store.time();
        index = store.index();
        book = store.book();
        members = new CampaignMembers(context, campaignNode, store, book);
        forwarder = new AlertForwarder(context, alertNodes);
        ReadOnlyKeyValueStore<String, byte[]> published = context.getStateStore(LiveSignatures.STORE);
        signatures = live.read(published);
        ReadOnlyKeyValueStore<String, byte[]> publishedBaseline = context.getStateStore(LiveBaseline.STORE);
        compareWith(liveBaseline.read(publishedBaseline));
        // As in ProfileProcessor: the wall clock only asks whether the topic of definitions brought something.
        context.schedule(SIGNATURES_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            SignatureSet before = signatures;
            signatures = live.read(published);
            compareWith(liveBaseline.read(publishedBaseline));
            // Mostly it is the same object; telling revisions means to go through the text of all signatures.
            if (signatures != before && !signatures.revisions().equals(before.revisions())) {
                look(true);
            }
        });
    }

    private void compareWith(Reference now) {
        if (now != reference) {
            reference = now;
            lifecycle = new AlertLifecycle(options.quietTime(), now.name());
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.value() == null) {
            index.remove(record.key());
            return;
        }
        AccountLinks links = store.decode(record.value());
        time.observe(links.getPartition(), links.getClock());
        if (CampaignStore.tellsOfAnAccount(links)) {
            index.put(CampaignStore.linked(links));
            time.changed();
        }
        if (time.isDue(index.accounts())) {
            look(false);
            time.looked();
        }
        store.put(time);
    }

    /** @param anew whether groups that have not changed are looked at too */
    private void look(boolean anew) {
        long nowMs = time.nowMs();
        forget(index.quietFor(options.daysKept().toMillis(), time.clocks()));
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
        for (CampaignBook.Sighting sighting : book.recognise(Grouping.groups(index, LEAST_MEMBERS))) {
            sighting.campaign().ifPresent(seen::add);
            sighting.campaign().ifPresent(campaign -> sighting.merged().forEach(other -> merge(other, campaign)));
            if (sighting.campaign().isEmpty()) {
                groups.add(book.nameFor(sighting.group()));
            }
            look(sighting.group(), sighting.campaign(), anew);
        }
        store.keepGroups(groups);
        for (String campaign : store.open()) {
            if (!seen.contains(campaign)) {
                closeIfQuiet(campaign, nowMs);
            }
        }
    }

    private void forget(List<String> accounts) {
        for (String account : accounts) {
            index.remove(account);
            store.forget(account);
        }
    }

    private void look(Group group, Optional<String> known, boolean anew) {
        String name = known.orElseGet(() -> book.nameFor(group));
        CampaignState before = known.isPresent() ? store.campaign(name) : store.group(name);
        known.ifPresent(campaign -> members.tell(campaign, group, index, time.nowMs()));
        boolean outgrown = before.outgrownBy(group.members().size(), group.requests()) || stillActive(before, group);
        if (!anew && !outgrown) {
            known.ifPresent(campaign -> closeIfQuiet(campaign, time.nowMs()));
            return;
        }
        CampaignWindows windows = windows(name, group);
        List<Finding> findings = signatures.assess(windows, live::failed).findings();
        if (findings.isEmpty() && known.isEmpty()) {
            store.putGroup(name, new CampaignState(group.members().size(), group.requests(), AlertMemory.NONE));
            return;
        }
        if (known.isEmpty()) {
            members.tell(name, group, index, time.nowMs());
        }
        // Also where the group is found anew: a campaign that came apart had alerts whose numbers must not come again.
        AlertMemory alerts = store.campaign(name).alerts();
        Observation seen = observation(name, group, windows, findings);
        AlertLifecycle.Step step = anew && findings.isEmpty()
                ? lifecycle.withdraw(alerts, seen, signatures::mayAlert)
                : lifecycle.advance(alerts, seen);
        step.alert().ifPresent(this::publish);
        store.putCampaign(name, new CampaignState(group.members().size(), group.requests(), step.memory()));
    }

    /** A large campaign that goes on slowly must not fall silent for lack of growth. */
    private boolean stillActive(CampaignState before, Group group) {
        return before.alerts().open().isPresent()
                && group.requests() > before.requests()
                && time.nowMs() - before.alerts().lastHeldMs()
                        >= options.quietTime().toMillis() / 4;
    }

    private CampaignWindows windows(String name, Group group) {
        Gathering gathering = new Gathering();
        for (Member member : group.members()) {
            store.profile(member.account()).ifPresent(profile -> gathering.add(member, profile));
        }
        long startMs = group.members().stream().mapToLong(Member::firstMs).min().orElse(0);
        return new CampaignWindows(Signature.CAMPAIGN, name, gathering, reference, startMs, time.nowMs());
    }

    private Observation observation(String name, Group group, CampaignWindows windows, List<Finding> findings) {
        List<Finding> all = new ArrayList<>(findings);
        if (!findings.isEmpty()) {
            signatures.assess(windows.readBy(Signature.ACCOUNT), live::failed).findings().stream()
                    .limit(MOST_BEHAVIOURS)
                    .forEach(finding -> {
                        finding.setWindow(CampaignWindows.SPAN.toString());
                        all.add(finding);
                    });
        }
        List<String> examples = windows.gathering().profile().exampleEventIds();
        return new Observation(
                Signature.CAMPAIGN,
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
                        .limit(Observation.MOST_LINKED)
                        .toList());
    }

    private void publish(Alert alert) {
        forwarder.publish(alert);
        // Somebody waits for it; the interval would be up to five seconds.
        context.commit();
    }

    private void merge(String campaign, String into) {
        CampaignState state = store.campaign(campaign);
        members.dissolve(campaign, time.nowMs());
        AlertLifecycle.Step step =
                lifecycle.end(state.alerts(), time.nowMs(), "It has merged with campaign " + into + ".");
        step.alert().ifPresent(this::publish);
        store.putCampaign(campaign, new CampaignState(0, 0, step.memory()));
    }

    private void closeIfQuiet(String campaign, long nowMs) {
        CampaignState state = store.campaign(campaign);
        AlertMemory alerts = state.alerts();
        if (alerts.open().isEmpty() || nowMs < lifecycle.closesAtMs(alerts)) {
            return;
        }
        AlertLifecycle.Step step = lifecycle.advance(
                alerts,
                new Observation(
                        Signature.CAMPAIGN,
                        campaign,
                        nowMs,
                        List.of(),
                        alerts.open().orElseThrow().getFirstEventTime(),
                        alerts.open().orElseThrow().getRequests(),
                        alerts.open().orElseThrow().getOutputTokens(),
                        List.of()));
        step.alert().ifPresent(this::publish);
        store.putCampaign(campaign, new CampaignState(state.accounts(), state.requests(), step.memory()));
    }
}
