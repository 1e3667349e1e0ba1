package io.stillwatch.campaign;

import io.stillwatch.campaign.work.Work;
import io.stillwatch.campaign.work.WorkSpace;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.feature.CampaignTraits;
import io.stillwatch.profile.sketch.CommonPrompts;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A group of accounts for the analyst who has to decide about it: how many, how much they sent, what they have in common
 * and what they have not, and a few pairs to look at oneself.
 */
public final class GroupInWords {
    private static final int PAIRS = 5;
    private static final double ONE_LIST = 1.15;
    private static final double NEARLY_ONE_LIST = 1.35;
    private static final double MOST_TIMES = 1e6;
    private static final double TELLING_LOCKSTEP = 1.5;
    private static final double TELLING_TURNS = 1.3;
    private static final double TELLING_HANDOVERS = 3;

    private final Group group;
    private final LinkIndex index;

    private GroupInWords(Group group, LinkIndex index) {
        this.group = group;
        this.index = index;
    }

    /**
     * Says what there is to say, in a few sentences.
     *
     * @param gathering of the group's members
     * @param index that knows its members
     */
    public static String of(Group group, Gathering gathering, LinkIndex index) {
        GroupInWords words = new GroupInWords(group, index);
        List<String> sentences = new ArrayList<>();
        sentences.add(words.size());
        prompts(gathering).ifPresent(sentences::add);
        sentences.addAll(inTime(gathering.inTime()));
        sentences.add(words.common());
        words.signUps().ifPresent(sentences::add);
        words.pairs().ifPresent(sentences::add);
        return String.join(" ", sentences);
    }

    private String size() {
        long[] requests =
                group.members().stream().mapToLong(Member::requests).sorted().toArray();
        return "It has " + Figures.counted(requests.length, "account") + " with "
                + Figures.counted(requests[requests.length / 2], "request") + " each in the middle ("
                + Figures.count(requests[0]) + " to " + Figures.count(requests[requests.length - 1]) + ").";
    }

    private static Optional<String> prompts(Gathering gathering) {
        CommonPrompts.Found found = gathering.commonPrompts();
        CampaignTraits traits = gathering.traits(Part.WHOLE);
        if (found.prompts() == 0) {
            return Optional.empty();
        }
        String twice = found.same() == 0
                ? "No two of them sent the same of " + Figures.counted(found.prompts(), "prompt")
                : "Of " + Figures.counted(found.prompts(), "prompt") + " looked at, pairs of them sent the same one "
                        + Figures.times(Math.round(found.same()));
        double ratio = traits.exchangeability();
        return Optional.of(
                Double.isNaN(ratio)
                        ? twice + "."
                        : twice + ", and what they sent is " + likeOneList(ratio)
                                + String.format(Locale.ROOT, " (F %.2f).", ratio));
    }

    private static String likeOneList(double ratio) {
        if (ratio <= ONE_LIST) {
            return "as alike as draws from one list";
        }
        return ratio <= NEARLY_ONE_LIST
                ? "nearly as alike as draws from one list"
                : "less alike than draws from one list";
    }

    /** How they act together in time, where that says something. */
    private static List<String> inTime(Synchrony.Found found) {
        List<String> sentences = new ArrayList<>();
        if (found.lockstep() >= TELLING_LOCKSTEP) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "They are active in the same minutes at least %.1f times as often as the hours explain, in %s of the %s"
                            + " hours in which two or more of them are.",
                    found.lockstep(),
                    Figures.count(found.together()),
                    Figures.count(found.hours())));
        }
        if (found.turns() >= TELLING_TURNS) {
            sentences.add(
                    String.format(Locale.ROOT, "They take turns %.1f times as often as by chance.", found.turns()));
        }
        if (found.handovers() >= TELLING_HANDOVERS) {
            sentences.add(Figures.count(Math.round(found.handovers()))
                    + " of them began in the minute in which another stopped, or the next, beyond chance.");
        }
        return sentences;
    }

    /** What is shared, by how many; and what is not, told apart from what nobody told. */
    private String common() {
        Map<LinkKind, Integer> sharing = new EnumMap<>(LinkKind.class);
        Map<LinkKind, Integer> having = new EnumMap<>(LinkKind.class);
        for (Member member : group.members()) {
            member.shared().keySet().forEach(kind -> sharing.merge(kind, 1, Integer::sum));
            LinkIndex.Entry entry = index.entry(member.account());
            for (LinkKind kind : LinkKind.values()) {
                for (int key : entry.keys) {
                    if (index.kind(key) == kind) {
                        having.merge(kind, 1, Integer::sum);
                        break;
                    }
                }
            }
        }
        List<String> shared = new ArrayList<>();
        List<String> hardly = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        for (LinkKind kind : LinkKind.values()) {
            int accounts = sharing.getOrDefault(kind, 0);
            if (2 * accounts >= group.members().size()) {
                shared.add(kind.words() + " (" + Figures.count(accounts) + ")");
            } else if (having.getOrDefault(kind, 0) > 0) {
                hardly.add(kind.words() + " (" + Figures.count(accounts) + ")");
            } else if (kind.isToken()) {
                untold.add(kind.words());
            }
        }
        String sentence = shared.isEmpty()
                ? "Most have nothing in common"
                : "In common, by how many accounts: " + String.join(", ", shared);
        sentence += hardly.isEmpty() ? "" : "; by less than half or nobody: " + String.join(", ", hardly);
        return sentence + (untold.isEmpty() ? "." : "; not told by the gateway: " + String.join(", ", untold) + ".");
    }

    private Optional<String> signUps() {
        long known = group.members().stream()
                .filter(member -> member.established().isPresent())
                .count();
        long fresh = group.members().stream()
                .filter(member -> !member.established().orElse(true))
                .count();
        return known == 0
                ? Optional.of("When they signed up is not known.")
                : Optional.of("Less than a month old when first seen: " + Figures.count(fresh) + " of "
                        + Figures.count(known) + (known < group.members().size() ? " whose age is known." : "."));
    }

    /** A few pairs from all over the group, not its best ones, with how likely it is that one source feeds both. */
    private Optional<String> pairs() {
        List<Member> working = group.members().stream()
                .filter(member -> index.entry(member.account()).work.isPresent())
                .toList();
        int apart = working.size() / 2;
        List<String> pairs = new ArrayList<>();
        for (int pair = 0; pair < PAIRS && apart >= PAIRS; pair++) {
            Member one = working.get(pair * apart / PAIRS);
            Member other = working.get(pair * apart / PAIRS + apart);
            pairs.add(Printable.identifier(one.account()) + " and " + Printable.identifier(other.account()) + " "
                    + times(WorkSpace.bundled().oddsOfOneSource(work(one), work(other))));
        }
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of("Pairs to look at, with how much better one source explains both than two: "
                        + String.join("; ", pairs) + ".");
    }

    private Work work(Member member) {
        return index.entry(member.account()).work.orElseThrow();
    }

    private static String times(double logOdds) {
        double odds = Math.exp(logOdds);
        if (odds > MOST_TIMES) {
            return "over a million times";
        }
        return odds >= 10 ? Figures.count(Math.round(odds)) + " times" : String.format(Locale.ROOT, "%.1f times", odds);
    }
}
