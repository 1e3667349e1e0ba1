package io.stillwatch.simulate;

import io.stillwatch.schema.RequestEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plays a plan.
 *
 * <p>Making one lays out every account's schedule once to learn the truth; the schedules are dropped again and remade
 * when they are needed, so memory holds the schedules of heavy accounts and of those just played, and a few dozen bytes
 * for each of the others. Each call of
 * {@link #events()} plays the plan from the start. Immutable and thread-safe; the iterators are not.
 */
public final class Simulator {
    private final List<Casting> castings = new ArrayList<>();
    private final List<CampaignQueue> queues = new ArrayList<>();
    private final List<TruthRow> truth;
    private final long size;
    private final long lastMs;
    private final long shiftMs;

    public Simulator(SimulationPlan plan) {
        Map<String, Integer> done = new HashMap<>();
        int number = 0;
        for (int g = 0; g < plan.groups().size(); g++) {
            Casting casting = new Casting(plan, g, number);
            castings.add(casting);
            queues.add(queue(casting, done));
            number += casting.group().accounts();
        }
        List<TruthRow> rows = new ArrayList<>(number);
        long newestMs = Long.MIN_VALUE;
        for (int g = 0; g < castings.size(); g++) {
            for (int a = 0; a < castings.get(g).group().accounts(); a++) {
                Performance performance = perform(g, a);
                rows.add(truth(g, performance));
                Schedule schedule = performance.schedule();
                newestMs = Math.max(newestMs, schedule.timeMs(schedule.size() - 1));
            }
        }
        truth = List.copyOf(rows);
        size = truth.stream().mapToLong(TruthRow::requests).sum();
        lastMs = newestMs;
        shiftMs = 0;
    }

    private Simulator(Simulator other, long shiftMs) {
        castings.addAll(other.castings);
        queues.addAll(other.queues);
        truth = other.truth;
        size = other.size;
        lastMs = other.lastMs;
        this.shiftMs = shiftMs;
    }

    /**
     * The same requests at another time: all are moved by as much, sign-ups too, so that the newest is of a moment. Days
     * then begin at another hour.
     */
    public Simulator until(Instant moment) {
        return new Simulator(this, moment.toEpochMilli() - lastMs);
    }

    /** Event time of the newest request. */
    public Instant last() {
        return Instant.ofEpochMilli(lastMs + shiftMs);
    }

    /** The queue of the casting's group; none for a group that belongs to no campaign. */
    private static @Nullable CampaignQueue queue(Casting casting, Map<String, Integer> done) {
        PlanGroup group = casting.group();
        if (group.campaign().isEmpty()) {
            return null;
        }
        CampaignPlan campaign = group.campaign().get();
        int[] capacities = new int[group.accounts()];
        for (int a = 0; a < capacities.length; a++) {
            capacities[a] = casting.sessions(a, casting.role(a)).hostileCount();
        }
        CampaignQueue queue = new CampaignQueue(
                capacities,
                campaign,
                casting.role(0).timing(),
                casting.beginMs(),
                casting.spanMs(),
                casting.queueSeed(),
                done.getOrDefault(campaign.name(), 0));
        done.put(campaign.name(), queue.endItem());
        return queue;
    }

    private TruthRow truth(int group, Performance performance) {
        Schedule schedule = performance.schedule();
        Casting casting = castings.get(group);
        int hostile = schedule.hostileRequests();
        return new TruthRow(
                performance.role().account().id(),
                casting.behaviour().label(),
                casting.behaviour().kind(),
                performance.role().main().contents(),
                casting.group().campaign().map(CampaignPlan::name).orElse(""),
                Math.round(1000.0 * hostile / schedule.size()) / 1000.0,
                schedule.timeMs(0),
                schedule.size(),
                hostile);
    }

    /** The account of that index in the group, ready to be played. */
    Performance perform(int group, int index) {
        Casting casting = castings.get(group);
        CampaignQueue queue = queues.get(group);
        CampaignQueue.Work work = queue == null ? CampaignQueue.Work.NONE : queue.of(index);
        Role role = casting.role(index, work);
        Sessions sessions = casting.sessions(index, role);
        return new Performance(role, Scheduler.schedule(role, sessions, work));
    }

    /** Number of accounts in each group. */
    int[] groupSizes() {
        return castings.stream().mapToInt(c -> c.group().accounts()).toArray();
    }

    /** What each account really is, in the order of the plan. */
    public List<TruthRow> truth() {
        return shiftMs == 0
                ? truth
                : truth.stream().map(row -> row.shifted(shiftMs)).toList();
    }

    /** Number of events in all. */
    public long size() {
        return size;
    }

    /** The events in order of event time, then event id. */
    public Iterator<RequestEvent> events() {
        Iterator<LabelledRequest> labelled = labelled();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return labelled.hasNext();
            }

            @Override
            public RequestEvent next() {
                return labelled.next().event();
            }
        };
    }

    /** The events as a sequential stream. */
    public Stream<RequestEvent> stream() {
        return StreamSupport.stream(
                Spliterators.spliterator(
                        events(), size(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    /** The events with their truth, in the same order. */
    public Iterator<LabelledRequest> labelled() {
        Iterator<LabelledRequest> played = new Playback(this, truth);
        return shiftMs == 0 ? played : new Shifted(played, shiftMs);
    }

    /** Requests at another time. */
    private record Shifted(Iterator<LabelledRequest> played, long shiftMs) implements Iterator<LabelledRequest> {
        @Override
        public boolean hasNext() {
            return played.hasNext();
        }

        @Override
        public LabelledRequest next() {
            LabelledRequest request = played.next();
            RequestEvent event = request.event();
            event.setEventTime(event.getEventTime() + shiftMs);
            if (event.getAccountCreated() != null) {
                event.setAccountCreated(event.getAccountCreated() + shiftMs);
            }
            return request;
        }
    }
}
