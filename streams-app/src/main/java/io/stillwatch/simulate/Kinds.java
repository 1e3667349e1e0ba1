package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.honest.HoldoutPersonas;
import io.stillwatch.simulate.honest.HonestPersonas;
import io.stillwatch.simulate.hostile.HostileBehaviours;
import io.stillwatch.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All kinds of accounts by name: the honest personas first, those kept apart last of them, then the hostile behaviours. */
public final class Kinds {
    private static final Map<String, Behaviour> BY_NAME = new LinkedHashMap<>();

    static {
        for (Behaviour behaviour : HonestPersonas.all()) {
            BY_NAME.put(behaviour.kind(), behaviour);
        }
        for (Behaviour behaviour : HoldoutPersonas.all()) {
            BY_NAME.put(behaviour.kind(), behaviour);
        }
        for (Behaviour behaviour : HostileBehaviours.all()) {
            BY_NAME.put(behaviour.kind(), behaviour);
        }
    }

    private Kinds() {}

    public static List<Behaviour> all() {
        return new ArrayList<>(BY_NAME.values());
    }

    /**
     * The kind of that name.
     *
     * @throws PlanException if there is none; the message suggests the one probably meant
     */
    public static Behaviour named(String kind) {
        Behaviour behaviour = BY_NAME.get(kind);
        if (behaviour == null) {
            throw new PlanException("there is no persona or behaviour " + Quoted.of(kind)
                    + Suggestion.word(kind, BY_NAME.keySet())
                            .map(meant -> "; did you mean " + meant + "?")
                            .orElse("; there are " + String.join(", ", BY_NAME.keySet()) + "."));
        }
        return behaviour;
    }
}
