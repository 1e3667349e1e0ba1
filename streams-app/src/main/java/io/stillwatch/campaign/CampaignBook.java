package io.stillwatch.campaign;

import io.stillwatch.fingerprint.Hash64;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which accounts are members of which campaign, so that a campaign keeps its id while it grows, loses members or merges
 * with another. Mutable and not thread-safe.
 */
public final class CampaignBook {
    private static final int KEYS_BEFORE_WORK = 2;

    private final Map<String, Set<String>> members = new TreeMap<>();
    private final Map<String, String> campaigns = new HashMap<>();

    /**
     * A group and the campaign that it is.
     *
     * @param name id of the campaign, or the one that the group would have; no two of one look have the same
     * @param known whether it is a campaign that the book knows
     * @param merged ids of further campaigns that have become part of it
     */
    public record Sighting(Group group, String name, boolean known, List<String> merged) {}

    /** Enters a member, as when the book is read from what was stored. */
    public void enter(String campaign, String account) {
        members.computeIfAbsent(campaign, unused -> new TreeSet<>()).add(account);
        campaigns.put(account, campaign);
    }

    /** Strikes a member. */
    public void strike(String campaign, String account) {
        Set<String> of = members.get(campaign);
        if (of != null && of.remove(account)) {
            campaigns.remove(account, campaign);
            if (of.isEmpty()) {
                members.remove(campaign);
            }
        }
    }

    /** Campaigns with members; count. */
    public int campaigns() {
        return members.size();
    }

    /** Accounts that are members of a campaign; count. */
    public int memberships() {
        return campaigns.size();
    }

    /** The members of a campaign, sorted; not to be changed. */
    public Set<String> members(String campaign) {
        return members.getOrDefault(campaign, Set.of());
    }

    /** The campaign that an account is a member of; empty for most. */
    public Optional<String> campaignOf(String account) {
        return Optional.ofNullable(campaigns.get(account));
    }

    /**
     * Tells which groups are which campaigns: a campaign is the group that has most of its members. Where several are the
     * same group, the one with the most members there goes on and the others have merged with it.
     *
     * <p>A group that keys tie comes before one that is tied by its work alone, as long as it has half as many of the
     * campaign's members: what was found of accounts behind the same bill must not come to name everybody who asks for
     * such things, only because a few of them could not be told from those for a while.
     */
    public List<Sighting> recognise(List<Group> groups) {
        Map<String, Place> places = new TreeMap<>();
        for (int at = 0; at < groups.size(); at++) {
            Map<String, Integer> found = new TreeMap<>();
            for (Member member : groups.get(at).members()) {
                campaignOf(member.account()).ifPresent(campaign -> found.merge(campaign, 1, Integer::sum));
            }
            int group = at;
            int weight = groups.get(at).byKeys() ? KEYS_BEFORE_WORK : 1;
            found.forEach((campaign, count) -> places.merge(
                    campaign,
                    new Place(campaign, group, count * weight),
                    (before, now) -> now.weight() > before.weight() ? now : before));
        }
        Map<Integer, List<Place>> byGroup = new HashMap<>();
        places.values()
                .forEach(place -> byGroup.computeIfAbsent(place.group(), unused -> new ArrayList<>())
                        .add(place));
        Map<Integer, String> names = namesOfUnknown(groups, byGroup.keySet());
        List<Sighting> sightings = new ArrayList<>();
        for (int at = 0; at < groups.size(); at++) {
            List<String> here = byGroup.getOrDefault(at, List.of()).stream()
                    .sorted(Comparator.<Place>comparingInt(place -> -place.weight())
                            .thenComparing(Place::campaign))
                    .map(Place::campaign)
                    .toList();
            sightings.add(
                    here.isEmpty()
                            ? new Sighting(groups.get(at), Objects.requireNonNull(names.get(at)), false, List.of())
                            : new Sighting(groups.get(at), here.get(0), true, here.subList(1, here.size())));
        }
        return sightings;
    }

    /** A name for each group that is no campaign, by its place. Of two with one mark the larger is named first. */
    private Map<Integer, String> namesOfUnknown(List<Group> groups, Set<Integer> known) {
        Map<Integer, String> names = new HashMap<>();
        Set<String> given = new HashSet<>();
        IntStream.range(0, groups.size())
                .filter(at -> !known.contains(at))
                .boxed()
                .sorted(Comparator.comparingInt(at -> -groups.get(at).members().size()))
                .forEach(at -> {
                    String name = nameFor(groups.get(at), given);
                    given.add(name);
                    names.put(at, name);
                });
        return names;
    }

    /** @param weight members of the campaign in the group, those in a group by keys twice; count */
    private record Place(String campaign, int group, int weight) {}

    /**
     * A new id for a group, should it turn out to be a campaign: made from what its members share, not from who of them was
     * found first, so that it is the same in whatever order the partitions come.
     */
    private String nameFor(Group group, Set<String> given) {
        long hash = Hash64.finish(Hash64.append(Hash64.EMPTY, group.mark()));
        String name = name(hash);
        while (members.containsKey(name) || given.contains(name)) {
            hash = Hash64.finish(hash + 1);
            name = name(hash);
        }
        return name;
    }

    private static String name(long hash) {
        return String.format(Locale.ROOT, "c-%016x", hash);
    }

    /**
     * Who leaves a campaign now: members that are still about but not of the group any more. Who is no longer about (a
     * blocked account, replaced by another) stays a member.
     */
    public Set<String> leaving(String campaign, Group group, LinkIndex about) {
        Set<String> leaving = new HashSet<>(members(campaign));
        group.members().forEach(member -> leaving.remove(member.account()));
        leaving.removeIf(account -> !about.knows(account));
        return leaving;
    }
}
