package io.stillwatch.topology.campaign;

import io.stillwatch.campaign.CampaignBook;
import io.stillwatch.campaign.Group;
import io.stillwatch.campaign.LinkIndex;
import io.stillwatch.campaign.LinkKind;
import io.stillwatch.campaign.Member;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.topology.campaign.CampaignStore.MemberMemory;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Tells who joins a campaign, what has changed about a member, and who leaves; nothing twice.
 *
 * <p>Where the work alone ties a group, an account is named when it is found with the others a second time: with few
 * prompts sent, it may lie near others' work at one look and away from it at the next.
 */
final class CampaignMembers {
    private static final int GROWTH = 2;

    private final ProcessorContext<String, Object> context;
    private final String node;
    private final CampaignStore store;
    private final CampaignBook book;

    CampaignMembers(ProcessorContext<String, Object> context, String node, CampaignStore store, CampaignBook book) {
        this.context = context;
        this.node = node;
        this.store = store;
        this.book = book;
    }

    /** Takes in the group that a campaign is now. */
    void tell(String campaign, Group group, LinkIndex about, long nowMs) {
        release(campaign, group, about, nowMs);
        for (Member member : group.members()) {
            Optional<String> other = book.campaignOf(member.account()).filter(id -> !id.equals(campaign));
            other.ifPresent(id -> leave(id, member.account(), nowMs));
            Optional<MemberMemory> before = store.member(campaign, member.account());
            MemberMemory now = new MemberMemory(
                    before.map(MemberMemory::joinedMs).orElse(nowMs),
                    kinds(member),
                    member.requests(),
                    before.isPresent() || group.byKeys());
            if (!now.told()) {
                book.enter(campaign, member.account());
                store.putMember(campaign, member.account(), now);
            } else if (before.isEmpty()
                    || !before.get().told()
                    || before.get().kinds() != now.kinds()
                    || now.requests() >= GROWTH * before.get().requests()) {
                join(campaign, member, now, nowMs);
            }
        }
    }

    /** Whether a member is named: all are that were not only just seen once. */
    boolean isTold(String campaign, String account) {
        return store.member(campaign, account).filter(MemberMemory::told).isPresent();
    }

    /** Lets those go who are about, but no longer of the group that a campaign is now. */
    void release(String campaign, Group group, LinkIndex about, long nowMs) {
        for (String account : new TreeSet<>(book.leaving(campaign, group, about))) {
            leave(campaign, account, nowMs);
        }
    }

    private static long kinds(Member member) {
        long kinds = 0;
        for (LinkKind kind : member.shared().keySet()) {
            kinds |= 1L << kind.position();
        }
        return kinds;
    }

    private void join(String campaign, Member member, MemberMemory memory, long nowMs) {
        CampaignMember said = CampaignMember.newBuilder()
                .setCampaignId(campaign)
                .setAccountId(member.account())
                .setTime(nowMs)
                .setJoinedAt(memory.joinedMs())
                .setConfidence(member.confidence())
                .setReason(member.reason())
                .setSharedKinds(member.sharedKinds())
                .setRequests(member.requests())
                .setOutputTokens(member.outputTokens())
                .build();
        book.enter(campaign, member.account());
        store.putMember(campaign, member.account(), memory);
        forward(campaign, member.account(), said, nowMs);
    }

    private void leave(String campaign, String account, long nowMs) {
        boolean told = isTold(campaign, account);
        book.strike(campaign, account);
        store.forgetMember(campaign, account);
        if (told) {
            forward(campaign, account, null, nowMs);
        }
    }

    /** Lets all members of a campaign go, as when it has become part of another. */
    void dissolve(String campaign, long nowMs) {
        for (String account : List.copyOf(book.members(campaign))) {
            leave(campaign, account, nowMs);
        }
    }

    private void forward(String campaign, String account, @Nullable CampaignMember member, long nowMs) {
        context.forward(
                new Record<>(
                        campaign + "/" + account,
                        member,
                        Math.max(0, nowMs),
                        CloudEventHeaders.of(
                                campaign + "/" + account + "/" + nowMs,
                                EventTypes.CAMPAIGN_MEMBER,
                                "application/avro",
                                nowMs)),
                node);
    }
}
