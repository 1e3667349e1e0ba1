package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A plan with a few accounts of every kind there is. */
final class OneOfEach {
    static final SimulationPlan PLAN = plan();

    private OneOfEach() {}

    private static SimulationPlan plan() {
        List<PlanGroup> groups = new ArrayList<>();
        for (Behaviour kind : Kinds.all()) {
            groups.add(PlanGroup.of(kind.kind(), kind.label() == Label.HONEST ? 3 : 2, 40, 250));
        }
        return new SimulationPlan("one of each", 99, SimulationPlan.DEFAULT_START, Duration.ofDays(5), groups);
    }
}
