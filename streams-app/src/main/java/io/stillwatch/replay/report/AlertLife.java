package io.stillwatch.replay.report;

import io.stillwatch.schema.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All steps of one alert, in the order of their sequence numbers.
 *
 * @param steps at least one, of the same alert id
 */
public record AlertLife(List<Alert> steps) {
    public AlertLife {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("An alert's life has at least one step.");
        }
        String id = steps.get(0).getAlertId();
        long sequence = Long.MIN_VALUE;
        for (Alert step : steps) {
            if (!step.getAlertId().equals(id)) {
                throw new IllegalArgumentException("The steps of a life belong to one alert.");
            }
            if (step.getSequence() < sequence) {
                throw new IllegalArgumentException("The steps of a life are in the order of their sequence numbers.");
            }
            sequence = step.getSequence();
        }
    }

    /** The step that holds now. */
    public Alert last() {
        return steps.get(steps.size() - 1);
    }

    /**
     * Sorts steps into lives, in the order in which the alerts first appear. A step that comes twice counts once, as
     * it came last.
     */
    public static List<AlertLife> of(Collection<Alert> steps) {
        Map<String, TreeMap<Long, Alert>> byId = new LinkedHashMap<>();
        for (Alert step : steps) {
            byId.computeIfAbsent(step.getAlertId(), id -> new TreeMap<>()).put(step.getSequence(), step);
        }
        List<AlertLife> lives = new ArrayList<>();
        byId.values().forEach(ordered -> lives.add(new AlertLife(List.copyOf(ordered.values()))));
        return lives;
    }
}
