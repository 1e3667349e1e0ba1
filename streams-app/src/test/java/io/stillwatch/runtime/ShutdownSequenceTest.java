package io.stillwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownSequenceTest {
    private final Streams streams = new Streams();
    private final TerminalOutput output =
            new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL);
    private final List<String> closed = new ArrayList<>();

    @Test
    void whatWasOpenedLastIsClosedFirstAndOnce() {
        ShutdownSequence sequence = ShutdownSequence.onExit(output);
        sequence.open(() -> closed.add("broker"));
        sequence.open(() -> closed.add("pipeline"));

        sequence.close();
        sequence.close();

        assertThat(closed).containsExactly("pipeline", "broker");
        assertThat(sequence.isStopping()).isTrue();
    }

    @Test
    void somethingThatBreaksWhileClosingDoesNotKeepTheRestOpen() {
        try (ShutdownSequence sequence = ShutdownSequence.onExit(output)) {
            sequence.open(() -> closed.add("broker"));
            sequence.open(() -> {
                throw new IllegalArgumentException("stuck");
            });
        }

        assertThat(closed).containsExactly("broker");
        assertThat(streams.complained()).contains("did not stop cleanly").contains("stuck");
    }

    @Test
    void whatIsOpenedTooLateIsClosedAtOnce() {
        ShutdownSequence sequence = ShutdownSequence.onExit(output);
        sequence.close();

        assertThatIllegalStateException().isThrownBy(() -> sequence.open(() -> closed.add("late")));
        assertThat(closed).containsExactly("late");
    }
}
