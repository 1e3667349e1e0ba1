package io.stillwatch.cli.run;

import io.stillwatch.cli.option.Day;
import io.stillwatch.simulate.Simulator;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** When made-up traffic ends. */
final class UntilOption {
    private static final String NOW = "now";

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Move all made-up time so that the newest request is of then: 'now', a day (2026-05-04) or a"
                    + " moment (default: the plan's own time, so that each run is the same).")
    private Optional<String> until = Optional.empty();

    /** Whether it is to end at another time than the plan says. */
    boolean isGiven() {
        return until.isPresent();
    }

    /**
     * The traffic at the time that it is to have.
     *
     * @throws io.stillwatch.runtime.UserException where that is no time
     */
    Simulator applyTo(Simulator simulator) {
        return until.map(text -> simulator.until(
                        text.equals(NOW) ? Instant.now() : Instant.ofEpochMilli(Day.parse("--until", text))))
                .orElse(simulator);
    }
}
