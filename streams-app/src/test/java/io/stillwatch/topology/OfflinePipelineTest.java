package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OfflinePipelineTest {
    private static final SignatureSet LIBRARY = SignatureSet.bundled();

    @Test
    void alertsAreThoseOfThePipelineWhoseStateIsDurable() {
        Simulator simulator = new Simulator(SimulationPlan.preset("small"));
        List<Alert> offline = new ArrayList<>();
        try (OfflinePipeline pipeline = new OfflinePipeline(LIBRARY, EvaluationListener.NONE, offline::add)) {
            simulator.events().forEachRemaining(pipeline::send);
            pipeline.finish();
        }
        try (TestPipeline durable = new TestPipeline(LIBRARY)) {
            simulator.events().forEachRemaining(durable::send);

            List<Alert> expected = durable.alerts();
            assertThat(expected).isNotEmpty();
            assertThat(offline.subList(0, expected.size())).isEqualTo(expected);
        }
    }

    @Test
    void everyAccountIsLookedAtByTheEnd() {
        Set<String> seen = new HashSet<>();
        Set<String> lookedAt = new HashSet<>();
        try (OfflinePipeline pipeline = new OfflinePipeline(
                LIBRARY, (account, timeMs, findings, windows) -> lookedAt.add(account), step -> {})) {
            Iterator<RequestEvent> events = new Simulator(SimulationPlan.preset("small")).events();
            for (int number = 0; number < 300 && events.hasNext(); number++) {
                RequestEvent event = events.next();
                seen.add(event.getAccountId());
                pipeline.send(event);
            }
            pipeline.finish();
            assertThat(pipeline.setAside()).isZero();
        }

        assertThat(lookedAt).isEqualTo(seen);
    }

    @Test
    void lateEventsAreCountedAsSetAside() {
        try (OfflinePipeline pipeline = new OfflinePipeline(LIBRARY, EvaluationListener.NONE, step -> {})) {
            pipeline.passTo(TestPipeline.START_MS);
            pipeline.send(TestPipeline.event("a", 1, TestPipeline.START_MS));
            pipeline.passTo(TestPipeline.START_MS + TestPipeline.DAY_MS);
            pipeline.send(TestPipeline.event("a", 2, TestPipeline.START_MS + TestPipeline.DAY_MS));
            pipeline.send(TestPipeline.event("a", 3, TestPipeline.START_MS + TestPipeline.HOUR_MS));
            pipeline.finish();

            assertThat(pipeline.setAside()).isOne();
        }
    }
}
