package io.stillwatch.campaign;

import io.stillwatch.campaign.work.Work;
import io.stillwatch.campaign.work.WorkGroups;
import io.stillwatch.campaign.work.WorkSpace;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import it.unimi.dsi.fastutil.ints.IntSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the accounts that belong together by their keys ({@link Grouping}), by their work alone ({@link WorkGroups}), or by
 * both.
 *
 * <p>A group by keys that lies mostly in one group by work takes in those of it that use its infrastructure. Several that
 * make four fifths of it are one. Of a larger group by work they are but parts, which must not speak for the rest: then
 * both stand, the groups by keys first, so an account may be in two groups: the staff of one company are also users of a
 * chat product. Which of them are campaigns is for signatures to say.
 *
 * <p>What is kept from look to look only saves work ({@link WorkGroups}). Mutable and not thread-safe.
 */
public final class WorkGrouping {
    private static final Comparator<LinkIndex.Entry> BY_ACCOUNT = Comparator.comparing(entry -> entry.account);
    private static final int LEAST_SHARERS = 3;

    /** Infrastructure that more accounts share is no owner's, but a provider's. */
    private static final int MOST_SHARERS = 500;

    private static final long MOST_TIMES_USUAL = 4;

    /** Prompts that it takes to look at an account whose infrastructure is its own. */
    private static final double ENOUGH_PROMPTS = 5;

    private final int leastMembers;
    private final WorkGroups work;
    private LinkIndex index = new LinkIndex();

    /** Those that were looked at last, sorted by account; each knows its place. */
    private List<LinkIndex.Entry> entries = List.of();

    /**
     * Has looked at nothing yet.
     *
     * @param leastMembers accounts that make a group, from 3
     */
    public WorkGrouping(int leastMembers) {
        this.leastMembers = leastMembers;
        this.work = new WorkGroups(WorkSpace.bundled(), leastMembers);
    }

    /** The groups; they depend on what the index holds alone. */
    public List<Group> groups(LinkIndex of) {
        index = of;
        int[] before = look();
        return all(Grouping.groups(index, leastMembers), before);
    }

    /** Takes the accounts to look at, and tells for each where it was at the last look; -1 where it changed or is new. */
    private int[] look() {
        List<LinkIndex.Entry> last = entries;
        List<LinkIndex.Entry> fresh = new ArrayList<>();
        for (int slot = 0; slot < index.slots(); slot++) {
            LinkIndex.Entry entry = index.at(slot);
            if (entry != null && isWorking(entry) && !isKnown(entry, last)) {
                fresh.add(entry);
            }
        }
        fresh.sort(BY_ACCOUNT);
        List<LinkIndex.Entry> working = new ArrayList<>(last.size() + fresh.size());
        IntArrayList before = new IntArrayList(last.size() + fresh.size());
        int next = 0;
        for (int at = 0; at < last.size(); at++) {
            LinkIndex.Entry entry = last.get(at);
            if (entry.place == at && index.holds(entry) && isWorking(entry)) {
                while (next < fresh.size() && BY_ACCOUNT.compare(fresh.get(next), entry) < 0) {
                    working.add(fresh.get(next++));
                    before.add(-1);
                }
                working.add(entry);
                before.add(at);
            }
        }
        while (next < fresh.size()) {
            working.add(fresh.get(next++));
            before.add(-1);
        }
        for (int at = 0; at < working.size(); at++) {
            working.get(at).place = at;
        }
        entries = working;
        return before.toIntArray();
    }

    private boolean isWorking(LinkIndex.Entry entry) {
        return entry.work.isPresent() && (entry.content.prompts() >= ENOUGH_PROMPTS || isBehind(entry));
    }

    private static boolean isKnown(LinkIndex.Entry entry, List<LinkIndex.Entry> last) {
        return entry.place >= 0 && entry.place < last.size() && last.get(entry.place) == entry;
    }

    private List<Group> all(List<Group> byKeys, int[] before) {
        List<Work> works =
                entries.stream().map(entry -> entry.work.orElseThrow()).toList();
        List<Group> all = new ArrayList<>(byKeys);
        List<Group> byWork = new ArrayList<>();
        Map<String, Integer> places = places(byKeys);
        for (int[] group : work.groups(works, before, sharing())) {
            Set<String> accounts = new TreeSet<>();
            for (int at : ordinary(group)) {
                accounts.add(entries.get(at).account);
            }
            if (accounts.size() < leastMembers) {
                continue;
            }
            Inside inside = inside(accounts, places, byKeys);
            List<Integer> one = inside.makesIt() ? ofOneSource(inside.groups(), byKeys) : List.of();
            if (one.isEmpty()) {
                byWork.add(new Group(
                        members(accounts, accounts),
                        false,
                        work.mark(Arrays.stream(group).mapToObj(works::get).toList())));
            } else {
                one.forEach(at -> all.set(at, null));
                all.set(one.get(0), widened(one, accounts, byKeys));
            }
            inside.groups().stream()
                    .filter(at -> !one.contains(at))
                    .forEach(at -> all.set(at, widened(List.of(at), accounts, byKeys)));
        }
        all.removeIf(Objects::isNull);
        all.addAll(byWork);
        return all;
    }

    /**
     * Groups by keys as one, with those who work like them behind their infrastructure.
     *
     * @param places of the groups
     * @param alike accounts whose work is alike
     */
    private Group widened(List<Integer> places, Set<String> alike, List<Group> byKeys) {
        Set<String> both = new TreeSet<>();
        places.forEach(at -> byKeys.get(at).members().forEach(member -> both.add(member.account())));
        both.addAll(behind(infrastructureOf(both), alike));
        Set<String> alikeAmong = new TreeSet<>(alike);
        alikeAmong.retainAll(both);
        return new Group(
                members(both, alikeAmong), true, largest(places, byKeys).mark());
    }

    /** Infrastructure that at least as many of the accounts share as make a group's key. */
    private IntSet infrastructureOf(Set<String> accounts) {
        Int2IntOpenHashMap holders = new Int2IntOpenHashMap();
        for (String account : accounts) {
            for (int key : index.entry(account).keys) {
                if (index.kind(key).family().isInfrastructure()) {
                    holders.addTo(key, 1);
                }
            }
        }
        IntSet shared = new IntOpenHashSet();
        holders.int2IntEntrySet().forEach(holder -> {
            if (holder.getIntValue() >= LEAST_SHARERS) {
                shared.add(holder.getIntKey());
            }
        });
        return shared;
    }

    /** Those of the accounts that use some of the infrastructure: being alike in their work is not enough to join others. */
    private List<String> behind(IntSet infrastructure, Set<String> accounts) {
        return accounts.stream()
                .filter(account -> Arrays.stream(index.entry(account).keys).anyMatch(infrastructure::contains))
                .toList();
    }

    /**
     * The accounts that make no more than a few times as many requests as is usual in the group: a reseller among people, or
     * a service among its users, is alike to them without being one of them, and would speak for all.
     */
    private int[] ordinary(int[] group) {
        long[] requests = Arrays.stream(group)
                .mapToLong(at -> entries.get(at).requests)
                .sorted()
                .toArray();
        long most = MOST_TIMES_USUAL * requests[requests.length / 2];
        return Arrays.stream(group)
                .filter(at -> entries.get(at).requests <= most)
                .toArray();
    }

    private static Map<String, Integer> places(List<Group> groups) {
        Map<String, Integer> places = new HashMap<>();
        for (int at = 0; at < groups.size(); at++) {
            for (Member member : groups.get(at).members()) {
                places.put(member.account(), at);
            }
        }
        return places;
    }

    /**
     * The groups by keys that lie mostly in a group by work.
     *
     * @param groups their places
     * @param makesIt whether they make four fifths of it
     */
    private record Inside(List<Integer> groups, boolean makesIt) {}

    private static Inside inside(Set<String> accounts, Map<String, Integer> places, List<Group> byKeys) {
        Int2IntOpenHashMap common = new Int2IntOpenHashMap();
        for (String account : accounts) {
            Integer place = places.get(account);
            if (place != null) {
                common.addTo((int) place, 1);
            }
        }
        List<Integer> inside = new ArrayList<>();
        int covered = 0;
        for (int at = 0; at < byKeys.size(); at++) {
            if (2 * common.get(at) > byKeys.get(at).members().size()) {
                inside.add(at);
                covered += common.get(at);
            }
        }
        return new Inside(inside, !inside.isEmpty() && 4 * accounts.size() < 5 * covered);
    }

    /** The largest of some groups, and those whose prompts one source explains together with the largest's. */
    private List<Integer> ofOneSource(List<Integer> places, List<Group> byKeys) {
        int main = places.stream()
                .max(Comparator.comparingInt(at -> byKeys.get(at).members().size()))
                .orElseThrow();
        Work ofMain = workOf(byKeys.get(main));
        List<Integer> one = new ArrayList<>();
        for (int at : places) {
            if (at == main
                    || WorkSpace.bundled().oddsOfOneSource(ofMain, workOf(byKeys.get(at)))
                            >= Grouping.LOG_ODDS_TO_JOIN) {
                one.add(at);
            }
        }
        return one;
    }

    /** What a group's prompts tell together; of one that lies in a group by work, so some have prompts. */
    private Work workOf(Group group) {
        return WorkSpace.bundled()
                .pooled(group.members().stream()
                        .flatMap(member -> index.entry(member.account()).work.stream())
                        .toList());
    }

    private static Group largest(List<Integer> places, List<Group> groups) {
        return places.stream()
                .map(groups::get)
                .max(Comparator.comparingInt(group -> group.members().size()))
                .orElseThrow();
    }

    private boolean isBehind(LinkIndex.Entry entry) {
        return Arrays.stream(entry.keys).anyMatch(this::isAnOwners);
    }

    /** Whether a key is infrastructure that several share, and not as many as a provider has. */
    private boolean isAnOwners(int key) {
        return index.kind(key).family().isInfrastructure()
                && index.holders(key) >= LEAST_SHARERS
                && index.holders(key) <= MOST_SHARERS;
    }

    /** The accounts that share a piece of infrastructure, for each piece. */
    private List<int[]> sharing() {
        Int2ObjectOpenHashMap<IntArrayList> sharers = new Int2ObjectOpenHashMap<>();
        for (int at = 0; at < entries.size(); at++) {
            for (int key : entries.get(at).keys) {
                if (isAnOwners(key)) {
                    sharers.computeIfAbsent(key, unused -> new IntArrayList()).add(at);
                }
            }
        }
        return sharers.values().stream().map(IntArrayList::toIntArray).toList();
    }

    /**
     * The members of a group.
     *
     * @param accounts all of them, sorted
     * @param alike those whose work is alike
     */
    private List<Member> members(Set<String> accounts, Set<String> alike) {
        Int2IntOpenHashMap holders = new Int2IntOpenHashMap();
        for (String account : accounts) {
            for (int key : index.entry(account).keys) {
                holders.addTo(key, 1);
            }
        }
        List<Member> members = new ArrayList<>();
        for (String account : accounts) {
            LinkIndex.Entry entry = index.entry(account);
            Map<LinkKind, Integer> shared = new EnumMap<>(LinkKind.class);
            for (int key : entry.keys) {
                int others = holders.get(key) - 1;
                if (others > 0) {
                    shared.merge(index.kind(key), others, Math::max);
                }
            }
            if (alike.contains(account)) {
                shared.put(LinkKind.WORK, alike.size() - 1);
            }
            members.add(new Member(account, shared, entry.firstMs, entry.age, entry.requests, entry.outputTokens));
        }
        return members;
    }
}
