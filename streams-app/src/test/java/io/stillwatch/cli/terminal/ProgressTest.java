package io.stillwatch.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.Streams;
import io.stillwatch.runtime.Verbosity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Streams streams = new Streams();
    private long nanos;

    @Test
    void aPipeGetsALineEveryTenSecondsAndTheTotals() {
        Progress progress = progress(Terminal.NONE);

        progress.update(10, 0.01);
        after(Duration.ofSeconds(10));
        progress.update(30_000, 0.25);
        after(Duration.ofSeconds(1));
        progress.update(33_000, 0.275);
        after(Duration.ofSeconds(29));
        progress.close();

        assertThat(streams.complained()).isEqualTo("""
                Reading [#####...............]  25 %  30,000 events  3,000/s  0:30 left
                Reading: 33,000 events in 0:40 (825/s)
                """);
    }

    @Test
    void aTerminalGetsOneLineThatIsRedrawnWithoutABarWhereItIsNarrow() {
        Progress progress = progress(new Terminal(true, true, false, 60));

        after(Duration.ofSeconds(4000));
        progress.update(4000, 0.5);

        assertThat(streams.complained()).isEqualTo("Reading  50 %  4,000 events  1/s  1:06:40 left\n");
    }

    @Test
    void anUnknownWholeHasARateButNoEnd() {
        Progress progress = progress(Terminal.NONE);

        after(Duration.ofSeconds(10));
        progress.update(50, Double.NaN);

        assertThat(streams.complained()).isEqualTo("Reading  50 events  5/s\n");
    }

    private void after(Duration duration) {
        nanos += duration.toNanos();
    }

    private Progress progress(Terminal terminal) {
        TerminalOutput output = new TerminalOutput(streams.out(), streams.err(), terminal, Verbosity.NORMAL);
        return new Progress(output, "Reading", "events", () -> nanos);
    }
}
