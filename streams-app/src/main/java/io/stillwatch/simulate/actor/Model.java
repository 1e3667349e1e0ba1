package io.stillwatch.simulate.actor;

import io.stillwatch.simulate.chance.Chance;
import java.util.List;

/**
 * A model that the simulated provider sells. The names are made up.
 *
 * @param id as requested
 * @param reasons writes hidden reasoning before the answer
 * @param wordiness factor on the length of its answers
 * @param tokensPerSecond speed of its answers
 */
public record Model(String id, boolean reasons, double wordiness, double tokensPerSecond) {
    public static final Model STANDARD = new Model("harbor-2", false, 1, 70);
    public static final Model SMALL = new Model("harbor-2-mini", false, 0.85, 140);
    public static final Model REASONING = new Model("harbor-2-reason", true, 1.25, 55);
    public static final Model NEWEST = new Model("harbor-3", false, 1.15, 60);

    public static final List<Model> ALL = List.of(STANDARD, SMALL, REASONING, NEWEST);

    /** One of them, by the weights of the standard, small, reasoning and newest model. */
    public static Model of(Chance chance, double standard, double small, double reasoning, double newest) {
        return ALL.get(chance.weighted(standard, small, reasoning, newest));
    }
}
