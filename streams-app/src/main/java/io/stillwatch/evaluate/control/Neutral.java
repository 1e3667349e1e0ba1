package io.stillwatch.evaluate.control;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import io.stillwatch.simulate.chance.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the behaviour away: every hostile account gets the times of an honest account of the same traffic, and each of its
 * requests the parameters and the answer's length of one of that account's. What is left to judge is content.
 *
 * <p>The honest account is drawn among those that made at least half as many requests, or among the ten busiest where there
 * are none. Works in two passes: {@link #see} takes in all the traffic, {@link #over} plays it again. Keeps the hostile
 * requests in memory, and sixteen bytes of each honest one. Not thread-safe.
 */
public final class Neutral {
    private static final int BUSIEST = 10;
    private static final int FEWEST_REQUESTS = 5;

    private final Map<String, Label> labels = new HashMap<>();
    private final Map<String, HonestHabits> honest = new TreeMap<>();
    private final Map<String, List<RequestEvent>> hostile = new TreeMap<>();
    private final Map<RequestManner.Parameters, RequestManner.Parameters> known = new HashMap<>();

    /** For traffic of which this is true. */
    public Neutral(List<TruthRow> truth) {
        truth.forEach(row -> labels.put(row.accountId(), row.label()));
    }

    /** First pass: takes in a request, which must not be changed afterwards when it is hostile. */
    public void see(RequestEvent event) {
        Label label = labels.get(event.getAccountId());
        if (label == Label.HOSTILE) {
            hostile.computeIfAbsent(event.getAccountId(), id -> new ArrayList<>())
                    .add(event);
        } else if (label == Label.HONEST) {
            RequestManner.Parameters parameters = known.computeIfAbsent(RequestManner.parameters(event), same -> same);
            honest.computeIfAbsent(event.getAccountId(), id -> new HonestHabits(Chance.seed(1, id)))
                    .add(event.getEventTime(), RequestManner.of(event, parameters));
        }
    }

    /**
     * Second pass: the same traffic with the hostile accounts neutral, in the order of event time if it was so before.
     *
     * @param again the traffic once more
     * @throws IllegalStateException when no honest account made a few requests
     */
    public Iterator<RequestEvent> over(Iterator<RequestEvent> again) {
        List<RequestEvent> changed = new ArrayList<>();
        hostile.forEach((account, events) -> changed.addAll(neutral(account, events)));
        changed.sort(Comparator.comparingLong(RequestEvent::getEventTime).thenComparing(RequestEvent::getEventId));
        return new Merged(again, changed.iterator());
    }

    private List<RequestEvent> neutral(String account, List<RequestEvent> events) {
        Chance chance = Chance.of(Chance.seed(1, account), "neutral");
        HonestHabits model = model(events.size(), chance);
        long[] timesMs = model.times(events.size(), chance);
        List<RequestEvent> changed = new ArrayList<>();
        for (int i = 0; i < timesMs.length; i++) {
            RequestEvent event = RequestEvent.newBuilder(events.get(i)).build();
            event.setEventTime(timesMs[i]);
            model.any(chance).onto(event);
            changed.add(event);
        }
        return changed;
    }

    private HonestHabits model(int requests, Chance chance) {
        List<HonestHabits> busiestFirst = honest.values().stream()
                .filter(habits -> habits.requests() >= FEWEST_REQUESTS)
                .sorted(Comparator.comparingInt(HonestHabits::requests).reversed())
                .toList();
        if (busiestFirst.isEmpty()) {
            throw new IllegalStateException("No honest account makes " + FEWEST_REQUESTS + " requests or more.");
        }
        int enough = (int) busiestFirst.stream()
                .filter(habits -> habits.requests() >= requests / 2)
                .count();
        int among = enough > 0 ? enough : Math.min(BUSIEST, busiestFirst.size());
        return busiestFirst.get(chance.below(among));
    }

    private final class Merged implements Iterator<RequestEvent> {
        private final Iterator<RequestEvent> again;
        private final Iterator<RequestEvent> changed;
        private @Nullable RequestEvent nextHonest;
        private @Nullable RequestEvent nextChanged;

        Merged(Iterator<RequestEvent> again, Iterator<RequestEvent> changed) {
            this.again = again;
            this.changed = changed;
            nextHonest = honest();
            nextChanged = changed();
        }

        private @Nullable RequestEvent honest() {
            while (again.hasNext()) {
                RequestEvent event = again.next();
                if (labels.get(event.getAccountId()) != Label.HOSTILE) {
                    return event;
                }
            }
            return null;
        }

        private @Nullable RequestEvent changed() {
            return changed.hasNext() ? changed.next() : null;
        }

        @Override
        public boolean hasNext() {
            return nextHonest != null || nextChanged != null;
        }

        @Override
        public RequestEvent next() {
            RequestEvent one = nextHonest;
            RequestEvent other = nextChanged;
            if (other != null && (one == null || other.getEventTime() <= one.getEventTime())) {
                nextChanged = changed();
                return other;
            }
            if (one == null) {
                throw new NoSuchElementException();
            }
            nextHonest = honest();
            return one;
        }
    }
}
