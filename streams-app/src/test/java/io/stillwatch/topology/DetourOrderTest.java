package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.Detour;
import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.cli.run.SimulateCommand;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.Simulator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A log that was sent without keys comes by ways that are hours apart, and the same accounts are accused as in order. */
class DetourOrderTest {
    private static final int WAYS = 4;
    /** As many requests as a fetch can bring of one partition before the next has its turn. */
    private static final int FETCHED = 500;

    private static final int BATCH = 30;

    private final List<RequestEvent> log = new ArrayList<>();

    DetourOrderTest() {
        Iterator<RequestEvent> events = new Simulator(SimulateCommand.plan("small")).events();
        events.forEachRemaining(log::add);
    }

    /** A batch to one partition, the next to any, as producers do that were given no key. */
    private List<List<RequestEvent>> dealt() {
        List<List<RequestEvent>> ways = new ArrayList<>();
        for (int way = 0; way < WAYS; way++) {
            ways.add(new ArrayList<>());
        }
        Random random = new Random(11);
        for (int at = 0; at < log.size(); at += BATCH) {
            ways.get(random.nextInt(WAYS)).addAll(log.subList(at, Math.min(log.size(), at + BATCH)));
        }
        return ways;
    }

    @Test
    void noRequestIsLateAndTheSameAccountsAreAccused() {
        Set<String> inOrder;
        try (TestPipeline pipeline = new TestPipeline(SignatureSet.bundled())) {
            log.forEach(pipeline::send);
            inOrder = accused(pipeline);
        }
        try (TestPipeline pipeline = new TestPipeline(SignatureSet.bundled())) {
            asFetched((event, detour) -> pipeline.sendRound(event, detour));
            assertThat(pipeline.deadLetters()).isZero();
            assertThat(accused(pipeline)).isEqualTo(inOrder).hasSizeGreaterThan(2);
        }
        try (TestPipeline pipeline = new TestPipeline(SignatureSet.bundled())) {
            asFetched((event, detour) -> pipeline.send(event));
            assertThat(pipeline.deadLetters())
                    .as("late where nobody is waited for")
                    .isPositive();
        }
    }

    private void asFetched(BiConsumer<RequestEvent, Detour> send) {
        List<List<RequestEvent>> ways = dealt();
        while (ways.stream().anyMatch(way -> !way.isEmpty())) {
            for (int way = 0; way < WAYS; way++) {
                List<RequestEvent> all = ways.get(way);
                List<RequestEvent> fetched = all.subList(0, Math.min(FETCHED, all.size()));
                Detour detour = new Detour(way, WAYS);
                fetched.forEach(event -> send.accept(event, detour));
                fetched.clear();
            }
        }
    }

    private Set<String> accused(TestPipeline pipeline) {
        pipeline.end(log.get(log.size() - 1).getEventTime());
        Set<String> accused = new TreeSet<>();
        for (Alert step : pipeline.alerts()) {
            if (AlertLifecycle.opens(step)) {
                accused.add(step.getEntityId());
            }
        }
        return accused;
    }
}
