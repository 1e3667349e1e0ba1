package io.stillwatch.campaign.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The work space that ships is learned from these plans, and from nothing else. */
@Tag("slow")
class BundledWorkSpaceTest {
    private static final Path SHIPPED = Path.of("src/main/resources/io/stillwatch/campaign/work/work-space.bin");

    @Test
    void theWorkSpaceIsLearnedFromSimulatedTraffic() throws IOException {
        Learner learner = new Learner();
        for (String plan : List.of("honest", "evaluation", "crowds")) {
            learn(learner, plan);
        }
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        learner.learn().write(made);

        if (Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"))) {
            Files.write(SHIPPED, made.toByteArray());
        }
        assertThat(made.toByteArray()).isEqualTo(Files.readAllBytes(SHIPPED));
    }

    private static void learn(Learner learner, String plan) {
        Fingerprinter fingerprinter = new Fingerprinter();
        RequestFingerprint kept = new RequestFingerprint();
        Iterator<RequestEvent> events = new Simulator(SimulationPlan.preset(plan)).events();
        while (events.hasNext()) {
            RequestEvent event = events.next();
            fingerprinter.fingerprint(event, kept);
            learner.add(plan + "/" + event.getAccountId(), kept.getEmbedding());
        }
    }
}
