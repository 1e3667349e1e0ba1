package io.stillwatch.topology.topics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the catalogue beside what the cluster has under its name.
 *
 * @param actual empty where the topic does not exist
 */
public record TopicState(TopicSpec spec, Optional<Actual> actual) {

    /**
     * What the cluster has.
     *
     * @param replicas copies of each partition, of the first partition where they differ
     * @param configs every topic setting in force, defaults included
     */
    public record Actual(int partitions, int replicas, Map<String, String> configs) {
        public Actual {
            configs = Collections.unmodifiableMap(new TreeMap<>(configs));
        }
    }

    /** Everything that differs in several topics, with all that are missing in one sentence, problems first. */
    public static List<TopicDifference> differences(List<TopicState> states) {
        List<String> missing = states.stream()
                .filter(state -> state.actual().isEmpty())
                .map(state -> state.spec().name())
                .toList();
        List<TopicDifference> differences = new ArrayList<>();
        if (missing.size() > 1) {
            differences.add(TopicDifference.problem(
                    "%d of %d topics do not exist (%s); create them with: stillwatch topics create"
                            .formatted(missing.size(), states.size(), String.join(", ", missing))));
        }
        states.stream()
                .filter(state -> missing.size() <= 1 || state.actual().isPresent())
                .flatMap(state -> state.differences().stream())
                .forEach(differences::add);
        differences.sort(Comparator.comparing(TopicDifference::severity));
        return differences;
    }

    /** Everything that differs in a way that matters, problems first; empty where all is right. */
    public List<TopicDifference> differences() {
        if (actual.isEmpty()) {
            return List.of(
                    TopicDifference.problem(spec.name() + " does not exist; create it with: stillwatch topics create"));
        }
        List<TopicDifference> differences = new ArrayList<>();
        Actual found = actual.get();
        mustBe(found, "cleanup.policy", "records would be lost or pile up", differences);
        mustBe(found, "message.timestamp.type", "event times would be overwritten", differences);
        mustReach(found, "max.message.bytes", "larger records would be refused", differences);
        mustReach(found, "message.timestamp.after.max.ms", "records from ahead of its clock are refused", differences);
        mustReach(found, "message.timestamp.before.max.ms", "records of long ago are refused", differences);
        if (found.partitions() < spec.partitions()) {
            differences.add(TopicDifference.advice("%s has %d partitions where %d were asked for: at most %d threads"
                            .formatted(spec.name(), found.partitions(), spec.partitions(), found.partitions())
                    + " can share the work."));
        }
        mayBeLimited(
                found,
                "retention.ms",
                "records with an older event time are deleted, replayed ones at once",
                differences);
        mayBeLimited(found, "retention.bytes", "records beyond that are deleted", differences);
        return differences;
    }

    private void mustBe(Actual found, String setting, String consequence, List<TopicDifference> differences) {
        String wanted = spec.configs().get(setting);
        String is = found.configs().get(setting);
        if (wanted != null && !wanted.equals(is)) {
            differences.add(TopicDifference.problem(change(setting, is, wanted, consequence)));
        }
    }

    private void mustReach(Actual found, String setting, String consequence, List<TopicDifference> differences) {
        String wanted = spec.configs().get(setting);
        String is = found.configs().get(setting);
        if (wanted != null && is != null && Long.parseLong(is) < Long.parseLong(wanted)) {
            differences.add(TopicDifference.problem(change(setting, is, wanted, consequence)));
        }
    }

    private void mayBeLimited(Actual found, String setting, String consequence, List<TopicDifference> differences) {
        String wanted = spec.configs().get(setting);
        String is = found.configs().get(setting);
        if (wanted != null && is != null && isTighter(Long.parseLong(is), Long.parseLong(wanted))) {
            differences.add(TopicDifference.advice(spec.name() + " has " + setting + "=" + is + " where the catalogue"
                    + " has " + wanted + ": " + consequence + "."));
        }
    }

    private static boolean isTighter(long limit, long thanLimit) {
        return limit >= 0 && (thanLimit < 0 || limit < thanLimit);
    }

    private String change(String setting, @Nullable String is, String wanted, String consequence) {
        return spec.name() + " has " + setting + "=" + is + ": " + consequence + "; set it to " + wanted + " with"
                + " kafka-configs.sh --alter --topic " + spec.name() + " --add-config " + setting + "=" + wanted;
    }
}
