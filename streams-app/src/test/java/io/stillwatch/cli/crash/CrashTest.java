package io.stillwatch.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to its processes, the pipeline says what it would have said undisturbed. */
@Tag("broker")
@Tag("crash")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CrashTest {
    private static final long SEED = 20_261_124;
    private static final int KILLS = 20;
    private static final int KILLS_TO_A_LOSS_OF_STATE = 5;

    private final Traffic traffic = new Traffic();
    private Path directory;
    private Program program;
    private EmbeddedBroker broker;
    private Outcome undisturbed;

    @BeforeAll
    void runUndisturbed(@TempDir Path temporary) throws Exception {
        directory = temporary;
        program = Program.pack(Files.createDirectory(temporary.resolve("program")));
        broker = EmbeddedBroker.start(new BrokerOptions(temporary.resolve("broker"), PortChoice.any()));
        try (Case whole = newCase("undisturbed")) {
            whole.feed(1);
            Instance only = whole.start("only");
            whole.awaitCommitted(only);
            only.stop();
            undisturbed = whole.outcome();
        }
    }

    @AfterAll
    void stopTheBroker() {
        broker.close();
    }

    private Case newCase(String name) throws Exception {
        return new Case(broker, program, name, traffic, directory);
    }

    @Test
    void theTrafficHoldsWhatACrashCouldSpoil() {
        assertThat(undisturbed.alertSteps()).extracting(Alert::getState).contains(AlertState.OPENED, AlertState.CLOSED);
        assertThat(undisturbed.alertSteps()).hasSizeGreaterThan(10).hasSameSizeAs(undisturbed.findings());
        assertThat(undisturbed.profiles().size()).isGreaterThan(50);
        assertThat(undisturbed.deadLetters()).hasSizeGreaterThan(traffic.unreadable() + 10);
        assertThat(traffic.unreadable()).isPositive();
        assertThat(traffic.deliveredEventIds()).hasSizeGreaterThan(traffic.events() + 100);
        assertThat(undisturbed.eventIds()).isEqualTo(traffic.deliveredEventIds());
    }

    @Test
    void aRunKilledAtTwentyPointsGivesWhatAnUndisturbedRunGives() throws Exception {
        List<Integer> points = killPoints();
        List<String> account = new ArrayList<>();
        int inMidTransaction = 0;
        try (Case killed = newCase("killed");
                Watch watch = killed.watch()) {
            killed.feed(1);
            for (int kill = 1; kill <= KILLS; kill++) {
                Instance instance = killed.restart("only");
                watch.awaitEvents(points.get(kill - 1), instance);
                instance.kill();
                boolean open = killed.hasOpenTransaction();
                inMidTransaction += open ? 1 : 0;
                account.add(points.get(kill - 1) + (open ? "" : " between transactions"));
                if (kill % KILLS_TO_A_LOSS_OF_STATE == 0) {
                    delete(killed.dataDirectory("only"));
                }
            }
            System.out.println("Seed " + SEED + ": killed after " + account + " of " + traffic.events() + " events.");
            Instance last = killed.restart("only");
            killed.awaitCommitted(last);
            last.stop();

            assertSame(killed.outcome());
        }
        assertThat(inMidTransaction).isGreaterThan(KILLS / 2);
    }

    @Test
    void aRunWhoseStateIsDeletedGoesOnAsIfNothingHadHappened() throws Exception {
        try (Case restored = newCase("restored")) {
            restored.feed(0.5);
            Instance first = restored.start("only");
            restored.awaitCommitted(first);
            first.stop();
            delete(restored.dataDirectory("only"));
            restored.feed(1);
            Instance second = restored.start("only");
            restored.awaitCommitted(second);
            second.stop();

            assertSame(restored.outcome());
        }
    }

    @Test
    void anInstanceTakesOverFromOneThatIsKilled() throws Exception {
        try (Case shared = newCase("shared");
                Watch watch = shared.watch()) {
            Instance first = shared.start("first");
            Instance second = shared.start("second");
            shared.awaitSharedBy(2);
            shared.feed(0.5);
            watch.awaitEvents(traffic.events() / 4, first);
            first.kill();
            shared.feed(1);
            shared.awaitCommitted(second);
            second.stop();

            assertSame(shared.outcome());
        }
    }

    @Test
    void requestsThatTrickleInGiveWhatTheyGiveAllAtOnce() throws Exception {
        try (Case live = newCase("live")) {
            Instance only = live.start("only");
            for (int part = 1; part <= 20; part++) {
                live.feed(part / 20.0);
                live.awaitCommitted(only);
            }
            only.stop();

            assertSame(live.outcome());
        }
    }

    private void assertSame(Outcome outcome) {
        assertThat(outcome.differencesFrom(undisturbed)).isEmpty();
        assertThat(outcome.eventIds()).isEqualTo(traffic.deliveredEventIds());
    }

    /** One random point in each of as many equal parts, so that every kill has work to interrupt. */
    private List<Integer> killPoints() {
        Random random = new Random(SEED);
        int part = traffic.events() / (KILLS + 1);
        List<Integer> points = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            points.add(kill * part + 1 + random.nextInt(part));
        }
        return points;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
