package io.stillwatch.simulate.text;

import java.util.List;

/** A named set of weighted alternatives. */
public final class Rule {
    private final String name;
    private List<Node> alternatives = List.of();
    private int[] cumulative = {};

    Rule(String name) {
        this.name = name;
    }

    void define(List<Node> newAlternatives, int[] weights) {
        alternatives = List.copyOf(newAlternatives);
        cumulative = weights.clone();
        for (int i = 1; i < cumulative.length; i++) {
            cumulative[i] += cumulative[i - 1];
        }
    }

    public String name() {
        return name;
    }

    /** How many alternatives there are. */
    public int size() {
        return alternatives.size();
    }

    void write(Speech speech) {
        int drawn = speech.chance().below(cumulative[cumulative.length - 1]);
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (drawn < cumulative[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        alternatives.get(low).write(speech);
    }

    /** The given alternative, slots filled by the speech's chance: for content that must be the same again. */
    public void write(Speech speech, int alternative) {
        alternatives.get(alternative).write(speech);
    }

    @Override
    public String toString() {
        return name;
    }
}
