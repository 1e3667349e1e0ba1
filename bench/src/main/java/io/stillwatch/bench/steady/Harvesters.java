package io.stillwatch.bench.steady;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Harvesters that begin one after another and send in real time, so that alerts open all the while. */
final class Harvesters {
    private static final long BEGIN_EVERY_MS = 2_000;
    private static final long SEND_EVERY_MS = 250;
    private static final List<String> BEHAVIOURS =
            List.of("bulk-instruction-harvest", "templated-augmentation", "logprob-harvest", "rubric-grading");
    private static final String PLAN = """
            name: harvester
            seed: %d
            days: 1
            groups:
              - {behaviour: %s, accounts: 1, requests: [300, 300]}
            """;

    private final List<Harvester> active = new ArrayList<>();
    private final long startMs;
    private int begun;

    private static final class Harvester {
        private final String account;
        private final Iterator<RequestEvent> requests;
        private final long startMs;
        private int sent;

        private Harvester(int number, long startMs) {
            this.account = "harvester-" + number;
            this.startMs = startMs;
            this.requests = new Simulator(
                            PlanReader.read(PLAN.formatted(1_000 + number, BEHAVIOURS.get(number % BEHAVIOURS.size()))))
                    .events();
        }
    }

    Harvesters(long startMs) {
        this.startMs = startMs;
    }

    /** How many have begun. */
    int begun() {
        return begun;
    }

    /** What they send until a moment, stamped with it. */
    List<RequestEvent> until(long nowMs) {
        while (startMs + begun * BEGIN_EVERY_MS <= nowMs) {
            active.add(new Harvester(begun++, nowMs));
        }
        List<RequestEvent> due = new ArrayList<>();
        for (Harvester harvester : active) {
            while (harvester.startMs + harvester.sent * SEND_EVERY_MS <= nowMs && harvester.requests.hasNext()) {
                RequestEvent event = harvester.requests.next();
                event.setEventTime(nowMs);
                event.setAccountId(harvester.account);
                event.setEventId(harvester.account + "-" + harvester.sent++);
                due.add(event);
            }
        }
        active.removeIf(harvester -> !harvester.requests.hasNext());
        return due;
    }
}
