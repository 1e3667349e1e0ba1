package io.stillwatch.campaign;

import io.stillwatch.campaign.work.Components;
import io.stillwatch.campaign.work.Work;
import io.stillwatch.campaign.work.WorkSpace;
import it.unimi.dsi.fastutil.ints.Int2IntMap;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import it.unimi.dsi.fastutil.ints.IntSet;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the accounts that share more than chance explains.
 *
 * <p>One shared key ties nobody: half the world may share it. Accounts that share one key are tied when more of them also
 * share a second one, of another family, than would by chance ({@link Coincidence}): how common a key is says the traffic
 * itself, established accounts first, as those are not the ones a new campaign is made of.
 *
 * <p>It goes in two steps. Infrastructure ties first: a payment token, network or sign-up token together with anything
 * else. What these components have in common besides (instructions, parameters, templates) then joins components, and
 * single accounts to them, but only where their prompts may well come from one source ({@link Content}): so two campaigns
 * from one kit, or a campaign and the app it imitates, stay apart. Where no infrastructure is shared, accounts that are
 * alike in two ways make a group of their own: whether that is a campaign or a product's customers is for signatures to
 * say.
 *
 * <p>The groups depend on what the index holds alone. Keys that more than {@value #MOST_HOLDERS} accounts share tie
 * nobody as the first of two, so the work grows with the accounts, not with their pairs.
 */
public final class Grouping {
    /** Two accounts may meet by accident; three need a reason. */
    private static final int LEAST_TOGETHER = 3;

    private static final int MOST_HOLDERS = 30_000;

    /** Ties made by chance that are taken for real, at most, in one look at all accounts: natural logarithm of 1e-6. */
    private static final double LOG_CHANCE = Math.log(1e-6);

    /** Established accounts that it takes to tell how common a key is among them. */
    private static final int ENOUGH_ESTABLISHED = 100;

    /** The part of a component that speaks for it is at least one of so many. */
    private static final int SPEAKING = 4;

    /** Accounts that a component is judged by, at most. */
    private static final int MOST_COMPARED = 64;

    /** How much better one source must explain both, as there are many strangers: natural logarithm of odds. */
    static final double LOG_ODDS_TO_JOIN = 5;

    private final LinkIndex index;
    private final int[][] buckets;
    private final Components components;
    private final List<int[]> alike = new ArrayList<>();
    private final LongOpenHashSet seenAlike = new LongOpenHashSet();
    private final double bar;

    /** Roots of the components that infrastructure ties. */
    private final IntOpenHashSet tied = new IntOpenHashSet();

    private Grouping(LinkIndex index) {
        this.index = index;
        this.buckets = buckets(index);
        this.components = new Components(index.slots());
        this.bar = LOG_CHANCE - Math.log(Math.max(1, index.accounts()));
    }

    /**
     * The groups of at least so many accounts, the one with the first account first.
     *
     * @param leastMembers from 3
     */
    public static List<Group> groups(LinkIndex index, int leastMembers) {
        Grouping grouping = new Grouping(index);
        for (int key = 0; key < grouping.buckets.length; key++) {
            if (grouping.buckets[key] != null) {
                grouping.tie(key);
            }
        }
        grouping.rememberTied();
        grouping.joinAlike();
        return grouping.collect(leastMembers);
    }

    /** The accounts of each key that may tie; null for the others. */
    private static int[][] buckets(LinkIndex index) {
        int[][] buckets = new int[index.keys()][];
        int[] filled = new int[index.keys()];
        for (int key = 0; key < buckets.length; key++) {
            int holders = index.holders(key);
            if (holders >= LEAST_TOGETHER && holders <= MOST_HOLDERS) {
                buckets[key] = new int[holders];
            }
        }
        for (int slot = 0; slot < index.slots(); slot++) {
            LinkIndex.Entry entry = index.at(slot);
            if (entry != null) {
                for (int key : entry.keys) {
                    if (buckets[key] != null) {
                        buckets[key][filled[key]++] = slot;
                    }
                }
            }
        }
        return buckets;
    }

    /** Ties the accounts of a key that share a second one. */
    private void tie(int key) {
        int[] bucket = buckets[key];
        LinkKind.Family family = index.kind(key).family();
        Int2IntOpenHashMap together = new Int2IntOpenHashMap();
        Int2IntOpenHashMap establishedTogether = new Int2IntOpenHashMap();
        for (int slot : bucket) {
            LinkIndex.Entry entry = index.at(slot);
            for (int other : entry.keys) {
                if (index.kind(other).family() != family && index.holders(other) >= LEAST_TOGETHER) {
                    together.addTo(other, 1);
                    if (entry.established) {
                        establishedTogether.addTo(other, 1);
                    }
                }
            }
        }
        IntOpenHashSet telling = new IntOpenHashSet();
        together.int2IntEntrySet().fastForEach(pair -> {
            int other = pair.getIntKey();
            if (pair.getIntValue() >= LEAST_TOGETHER
                    && Coincidence.logOfAtLeast(
                                    pair.getIntValue(),
                                    bucket.length,
                                    commonness(key, other, pair.getIntValue(), establishedTogether.get(other)))
                            <= bar) {
                telling.add(other);
            }
        });
        if (!telling.isEmpty()) {
            tie(bucket, family, telling);
        }
    }

    private void tie(int[] bucket, LinkKind.Family family, IntSet telling) {
        Int2ObjectOpenHashMap<IntArrayList> sharing = new Int2ObjectOpenHashMap<>();
        for (int slot : bucket) {
            for (int other : index.at(slot).keys) {
                if (telling.contains(other)) {
                    sharing.computeIfAbsent(other, unused -> new IntArrayList()).add(slot);
                }
            }
        }
        sharing.forEach((other, slots) -> {
            if (family.isInfrastructure() || index.kind(other).family().isInfrastructure()) {
                for (int at = 1; at < slots.size(); at++) {
                    components.join(slots.getInt(0), slots.getInt(at));
                }
            } else if (seenAlike.add(mark(slots))) {
                alike.add(slots.toIntArray());
            }
        });
    }

    /** Pairs of keys often have the very same accounts; joining those once is enough. */
    private static long mark(IntArrayList slots) {
        long mark = slots.size();
        for (int at = 0; at < slots.size(); at++) {
            mark = mark * 0x9E3779B97F4A7C15L + slots.getInt(at);
        }
        return mark;
    }

    /** The probability that an account which has not the first key has the second: a share with one success and one failure added (Laplace). */
    private double commonness(int key, int other, int together, int establishedTogether) {
        if (index.established() >= ENOUGH_ESTABLISHED) {
            int others = index.established() - index.establishedHolders(key);
            int having = index.establishedHolders(other) - establishedTogether;
            return (having + 1.0) / (others + 2.0);
        }
        int others = index.accounts() - index.holders(key);
        return (index.holders(other) - together + 1.0) / (others + 2.0);
    }

    private void rememberTied() {
        for (int slot = 0; slot < index.slots(); slot++) {
            if (components.size(components.of(slot)) > 1) {
                tied.add(components.of(slot));
            }
        }
    }

    private void joinAlike() {
        alike.sort(Comparator.<int[]>comparingInt(slots -> -slots.length).thenComparing(Arrays::compare));
        for (int[] slots : alike) {
            joinAlike(slots);
        }
    }

    /**
     * Joins the parts of accounts that are alike, the largest first, where the prompts agree. Accounts that are less than a
     * quarter of a component do not speak for it: what strangers' requests among them share with others joins nobody.
     */
    private void joinAlike(int[] slots) {
        Int2ObjectOpenHashMap<IntArrayList> parts = new Int2ObjectOpenHashMap<>();
        for (int slot : slots) {
            parts.computeIfAbsent(components.of(slot), unused -> new IntArrayList())
                    .add(slot);
        }
        List<IntArrayList> bySize = new ArrayList<>();
        parts.forEach((component, part) -> {
            if (part.size() * SPEAKING >= components.size(component)) {
                bySize.add(part);
            }
        });
        bySize.sort(Comparator.<IntArrayList>comparingInt(part -> -part.size())
                .thenComparing(part -> index.at(part.getInt(0)).account));
        List<IntArrayList> joined = new ArrayList<>();
        List<Content> contents = new ArrayList<>();
        for (IntArrayList part : bySize) {
            Content content = content(part);
            int at = 0;
            while (at < joined.size() && !(contents.get(at).agreesWith(content) && isCalledFor(part, joined.get(at)))) {
                at++;
            }
            if (at == joined.size()) {
                joined.add(part);
                contents.add(content);
            } else {
                join(joined.get(at).getInt(0), part.getInt(0));
                contents.get(at).add(content);
            }
        }
    }

    private void join(int one, int other) {
        boolean eitherTied = tied.contains(components.of(one)) || tied.contains(components.of(other));
        components.join(one, other);
        if (eitherTied) {
            tied.add(components.of(one));
        }
    }

    /**
     * Whether something speaks for it that accounts join a component. Where infrastructure ties that, what is free to share
     * (a chat client's parameters) must not bring in whoever has sent too little to differ: their prompts have to lie
     * there.
     */
    private boolean isCalledFor(IntArrayList part, IntArrayList component) {
        if (!isTied(component)) {
            return true;
        }
        List<Work> ours = works(part);
        List<Work> theirs = works(component);
        return ours.isEmpty() || theirs.isEmpty()
                ? isTied(part)
                : WorkSpace.bundled()
                                .oddsOfOneSource(
                                        WorkSpace.bundled().pooled(ours),
                                        WorkSpace.bundled().pooled(theirs))
                        >= LOG_ODDS_TO_JOIN;
    }

    private List<Work> works(IntArrayList slots) {
        List<Work> works = new ArrayList<>();
        for (int at = 0; at < slots.size() && works.size() < MOST_COMPARED; at++) {
            index.at(slots.getInt(at)).work.ifPresent(works::add);
        }
        return works;
    }

    /** Whether infrastructure ties those of a component that are alike, and not only their being alike. */
    private boolean isTied(IntArrayList component) {
        return tied.contains(components.of(component.getInt(0)));
    }

    private Content content(IntArrayList slots) {
        Content content = new Content();
        for (int at = 0; at < slots.size(); at++) {
            content.add(index.at(slots.getInt(at)).content);
        }
        return content;
    }

    private List<Group> collect(int leastMembers) {
        Int2ObjectOpenHashMap<IntArrayList> bySet = new Int2ObjectOpenHashMap<>();
        for (int slot = 0; slot < index.slots(); slot++) {
            if (index.at(slot) != null && components.size(components.of(slot)) >= leastMembers) {
                bySet.computeIfAbsent(components.of(slot), unused -> new IntArrayList())
                        .add(slot);
            }
        }
        List<Group> groups = new ArrayList<>();
        for (IntArrayList slots : bySet.values()) {
            if (slots.size() >= leastMembers) {
                Int2IntOpenHashMap holders = holders(slots);
                List<Member> members = members(slots, holders);
                if (members.size() >= leastMembers) {
                    groups.add(new Group(members, true, mark(holders)));
                }
            }
        }
        groups.sort(Comparator.comparing(group -> group.members().get(0).account()));
        return groups;
    }

    private Int2IntOpenHashMap holders(IntArrayList slots) {
        Int2IntOpenHashMap holders = new Int2IntOpenHashMap();
        for (int at = 0; at < slots.size(); at++) {
            for (int key : index.at(slots.getInt(at)).keys) {
                holders.addTo(key, 1);
            }
        }
        return holders;
    }

    private long mark(Int2IntOpenHashMap holders) {
        double most = -1;
        long mark = 0;
        for (Int2IntMap.Entry entry : holders.int2IntEntrySet()) {
            double telling = entry.getIntValue() * index.kind(entry.getIntKey()).weight();
            long hash = index.hash(entry.getIntKey());
            if (telling > most || telling == most && hash < mark) {
                most = telling;
                mark = hash;
            }
        }
        return mark;
    }

    private List<Member> members(IntArrayList slots, Int2IntOpenHashMap holders) {
        List<Member> members = new ArrayList<>();
        for (int at = 0; at < slots.size(); at++) {
            LinkIndex.Entry entry = index.at(slots.getInt(at));
            Map<LinkKind, Integer> shared = new EnumMap<>(LinkKind.class);
            for (int key : entry.keys) {
                int others = holders.get(key) - 1;
                if (others > 0) {
                    shared.merge(index.kind(key), others, Math::max);
                }
            }
            Member member =
                    new Member(entry.account, shared, entry.firstMs, entry.age, entry.requests, entry.outputTokens);
            if (member.families() >= 2) {
                members.add(member);
            }
        }
        members.sort(Comparator.comparing(Member::account));
        return members;
    }
}
