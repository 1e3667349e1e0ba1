package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.History;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.runtime.Guests;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The simulator's harvests, played into an operator's own traffic: within its last week, with its own models, and every
 * other one hidden in all that one of its accounts asks.
 */
final class InjectedHarvests implements Guests {
    private static final String PLAN = "harvests";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LEAST = Duration.ofHours(1);
    private static final int LEAST_COVER = 50;
    private static final int MOST_COVER = 600;

    private final Simulator simulator;
    private final List<String> models;
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, List<String>> covered = new HashMap<>();
    private final long fromMs;

    /**
     * Prepares them.
     *
     * @param models that accounts ask; those of the simulator where none are known
     */
    InjectedHarvests(History history, long firstMs, long lastMs, Set<String> models) {
        this.models = List.copyOf(models);
        long lengthMs = Math.max(LEAST.toMillis(), Math.min(WEEK.toMillis(), lastMs - firstMs));
        this.fromMs = Math.max(firstMs, lastMs - lengthMs);
        SimulationPlan plan = SimulationPlan.preset(PLAN);
        this.simulator = new Simulator(new SimulationPlan(
                plan.name(), plan.seed(), Instant.ofEpochMilli(fromMs), Duration.ofMillis(lengthMs), plan.groups()));
        String prefix = prefix(history.accounts());
        simulator.truth().forEach(row -> names.put(row.accountId(), prefix + row.accountId()));
        cover(history);
    }

    /** No account of the traffic may pass for one of these by its name. */
    private static String prefix(Set<String> accounts) {
        StringBuilder prefix = new StringBuilder("injected-");
        while (accounts.stream().anyMatch(account -> account.startsWith(prefix.toString()))) {
            prefix.append('-');
        }
        return prefix.toString();
    }

    private void cover(History history) {
        List<String> able = history.accounts().stream()
                .filter(account -> {
                    long requests = history.whole(account).requests();
                    return requests >= LEAST_COVER && requests <= MOST_COVER;
                })
                .toList();
        List<TruthRow> truth = simulator.truth();
        for (int at = 1; at < truth.size() && !able.isEmpty(); at += 2) {
            String cover = able.get((int) ((long) at * able.size() / truth.size()));
            covered.computeIfAbsent(cover, none -> new ArrayList<>())
                    .add(names.get(truth.get(at).accountId()));
        }
    }

    /** Ids of the accounts they have here. */
    Set<String> accounts() {
        return Set.copyOf(names.values());
    }

    @Override
    public Iterator<RequestFingerprint> requests() {
        Iterator<RequestEvent> events = simulator.events();
        Fingerprinter fingerprinter = new Fingerprinter();
        Map<String, String> modelNames = new HashMap<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return events.hasNext();
            }

            @Override
            public RequestFingerprint next() {
                RequestEvent event = events.next();
                event.setAccountId(names.get(event.getAccountId()));
                if (!models.isEmpty()) {
                    event.setModel(modelNames.computeIfAbsent(
                            event.getModel(), none -> models.get(modelNames.size() % models.size())));
                }
                return fingerprinter.fingerprint(event);
            }
        };
    }

    @Override
    public List<RequestFingerprint> after(RequestFingerprint request) {
        List<String> hidden = covered.getOrDefault(request.getAccountId(), List.of());
        if (hidden.isEmpty() || request.getEventTime() < fromMs) {
            return Collections.emptyList();
        }
        return hidden.stream()
                .map(account -> {
                    RequestFingerprint copy =
                            RequestFingerprint.newBuilder(request).build();
                    copy.setAccountId(account);
                    copy.setEventId(account + "/" + request.getEventId());
                    return copy;
                })
                .toList();
    }
}
