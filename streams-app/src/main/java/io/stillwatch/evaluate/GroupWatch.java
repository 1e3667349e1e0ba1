package io.stillwatch.evaluate;

import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the newest look at each group of accounts, of those that came near to an alert and of those that did not. Not thread-safe. */
final class GroupWatch {
    private final Map<String, GroupLook> newest = new TreeMap<>();

    /** Takes in a look at a group, by the name that it has as a campaign. */
    void looked(String name, GroupLook look) {
        newest.put(name, look);
    }

    /** The groups as last seen, by the kind that most of their members are, those that came nearest to an alert first. */
    List<GroupScore> scores(Map<String, TruthRow> truth) {
        List<GroupScore> scores = new ArrayList<>();
        newest.values().forEach(look -> {
            Map<String, Integer> counts = new HashMap<>();
            Map<String, Boolean> honest = new HashMap<>();
            for (String account : look.accounts()) {
                TruthRow row = truth.get(account);
                if (row != null) {
                    String kind = row.campaignId().isEmpty() ? row.kind() : row.campaignId();
                    counts.merge(kind, 1, Integer::sum);
                    honest.put(kind, row.label() == Label.HONEST);
                }
            }
            counts.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .ifPresent(most -> scores.add(new GroupScore(
                            most.getKey(), honest.getOrDefault(most.getKey(), false), most.getValue(), look)));
        });
        scores.sort(Comparator.comparing(GroupScore::honest)
                .thenComparing(GroupScore::kind)
                .thenComparing(score -> -score.look().nearest().margin())
                .thenComparing(score -> -score.look().accounts().size())
                .thenComparing(score -> score.look().accounts().get(0)));
        return scores;
    }
}
