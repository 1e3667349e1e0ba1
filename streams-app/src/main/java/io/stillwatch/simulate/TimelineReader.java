package io.stillwatch.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads timelines, in the words of plans:
 *
 * <pre>
 * about: a customer of three weeks, taken over after days of silence
 * alert: true
 * stages:
 *   - {persona: support-bot, days: 21, requests_an_hour: 6}
 *   - {silence: true, days: 3}
 *   - {behaviour: bulk-instruction-harvest, days: 2, requests_an_hour: 20}
 * </pre>
 *
 * <p>{@code seed} is a plan's: it draws the variant of each behaviour. A stage may have a group's keys {@code share},
 * {@code cover}, {@code team}, {@code timing}, {@code new_accounts} and {@code evasion}, with the meaning
 * {@link PlanGroup} gives them.
 */
public final class TimelineReader {
    private static final Set<String> KEYS = new TreeSet<>(List.of("about", "alert", "seed", "stages"));
    private static final double DAY_MS = 86_400_000.0;
    private static final double LEAST_DAYS = 0.05;
    private static final double MOST_DAYS = 400;

    private TimelineReader() {}

    /** A timeline that cannot be played, and which of its stages is why. */
    public static final class StageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int stage;

        StageException(int stage, PlanException cause) {
            super(cause.getMessage(), cause);
            this.stage = stage;
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }

        /** Number of the stage, from 0. */
        public int stage() {
            return stage;
        }
    }

    /**
     * Reads one timeline.
     *
     * @throws PlanException when it is none; the message is one sentence
     * @throws StageException when one of its stages is none
     */
    public static Timeline read(JsonNode node) {
        if (!node.isObject()) {
            throw new PlanException("a timeline must be a mapping with about, alert and stages.");
        }
        PlanReader.knownKeys(node, KEYS, "the timeline");
        JsonNode alert = node.get("alert");
        if (alert == null || !alert.isBoolean()) {
            throw new PlanException("a timeline needs alert: true or alert: false.");
        }
        JsonNode stages = node.get("stages");
        if (stages == null || !stages.isArray() || stages.isEmpty()) {
            throw new PlanException(
                    "a timeline needs stages, such as [{persona: chat-user, days: 3, requests_an_hour: 2}].");
        }
        List<PlanGroup> groups = new ArrayList<>();
        double days = 0;
        for (int stage = 0; stage < stages.size(); stage++) {
            try {
                double length = PlanReader.days(stages.get(stage));
                PlanReader.stage(stages.get(stage), days).ifPresent(groups::add);
                days += length;
            } catch (PlanException e) {
                throw new StageException(stage, e);
            }
        }
        if (groups.isEmpty() || !(days >= LEAST_DAYS && days <= MOST_DAYS)) {
            throw new PlanException("a timeline needs a stage that is not silence, and 0.05 to 400 days in all.");
        }
        JsonNode about = node.get("about");
        return new Timeline(
                about == null ? "" : about.asText(),
                alert.booleanValue(),
                new SimulationPlan(
                        "timeline",
                        PlanReader.whole(node, "seed", 1),
                        SimulationPlan.DEFAULT_START,
                        Duration.ofMillis((long) (days * DAY_MS)),
                        groups));
    }
}
