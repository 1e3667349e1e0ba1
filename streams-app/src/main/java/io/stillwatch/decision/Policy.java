package io.stillwatch.decision;

import io.stillwatch.fingerprint.Hash64;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How alerts become decisions, as data.
 *
 * @param name names the policy in decisions
 * @param version from 1; raised with every change
 * @param mode whether decisions are made, and whether they count
 * @param rules tried from first to last; the first that fits an alert gives its measure
 * @param ceiling how many accounts may be blocked
 * @param delay by how much decisions are put off
 * @param lookUps what gateways are told where nothing is known
 */
public record Policy(
        String name,
        int version,
        Mode mode,
        List<PolicyRule> rules,
        Ceiling ceiling,
        Optional<Delay> delay,
        LookUps lookUps) {
    private static final String BUNDLED = "observe.yaml";

    public Policy {
        rules = List.copyOf(rules);
    }

    /** Whether decisions are made, and whether they count. */
    public enum Mode {
        /** None are made. */
        OBSERVE,

        /** They are made and logged, but not published. */
        DRY_RUN,

        /** They are made and published. */
        ENFORCE
    }

    /**
     * A ceiling on newly blocked accounts, so that a bad signature cannot shut out everybody.
     *
     * @param blocksAnHour accounts that may be blocked within one clock hour (UTC) of event time; count, from 0
     * @param beyond what is done about further ones; milder than blocking
     */
    public record Ceiling(int blocksAnHour, Measure beyond) {}

    /**
     * A random delay, so that an attacker cannot tell which request set off a decision.
     *
     * @param least the shortest
     * @param most the longest
     * @param keyFile file with the secret that delays are derived from; else a random one is kept with the state
     */
    public record Delay(Duration least, Duration most, Optional<String> keyFile) {}

    /**
     * What gateways are told about accounts of which no decision is known.
     *
     * @param whenNotReady while the pipeline is not ready or behind
     * @param behind request events waiting from which the pipeline counts as behind; 0 for never
     */
    public record LookUps(WhenNotReady whenNotReady, long behind) {}

    /** What to answer while nothing is known for sure. */
    public enum WhenNotReady {
        /** Let requests pass. */
        OPEN,

        /** Refuse them. */
        CLOSED
    }

    /** The policy that ships: it only observes, with rules to preview and to begin with. */
    public static Policy bundled() {
        try (InputStream in = Policy.class.getResourceAsStream(BUNDLED)) {
            return PolicyReader.read(BUNDLED, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same policy in another mode. */
    public Policy in(Mode other) {
        return new Policy(name, version, other, rules, ceiling, delay, lookUps);
    }

    /** The same policy under another name, whose measures all last so long. */
    public Policy lasting(String otherName, Duration length) {
        return new Policy(
                otherName,
                version,
                mode,
                rules.stream().map(rule -> rule.lasting(length)).toList(),
                ceiling,
                delay,
                lookUps);
    }

    /** As decisions name it. */
    public String label() {
        return name + " v" + version;
    }

    /** Tells policies apart that lead to other decisions; the same in every process. */
    long fingerprint() {
        String rulesInOrder = rules.stream()
                .map(rule -> rule.name()
                        + rule.severity()
                        + rule.score()
                        + rule.entity()
                        + rule.confidence()
                        + rule.signatures().stream().sorted().collect(Collectors.joining(","))
                        + rule.measure()
                        + rule.valid())
                .collect(Collectors.joining("\n"));
        return Hash64.of(String.join("\n", label(), mode.name(), rulesInOrder, ceiling.toString(), delay.toString()));
    }
}
