package io.stillwatch.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.Streams;
import io.stillwatch.runtime.Verbosity;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalOutputTest {
    private static final Line RED = Line.of(Span.of("high", Span.Style.RED), Span.of(" acct-\u001b[31m7"));

    private final Streams streams = new Streams();

    @Test
    void aPipeGetsNoControlSequenceWhateverIsPrinted() {
        TerminalOutput output = on(Terminal.NONE, Verbosity.NORMAL);

        output.live(List.of(Line.of("working")));
        output.line(RED);
        output.notice("noted");
        output.progress("Reading", "events").close();

        assertThat(streams.printed()).isEqualTo("high acct-\\u001b[31m7\n");
        assertThat(streams.complained())
                .doesNotContain("\u001b", "\r", "working")
                .startsWith("noted\n");
    }

    @Test
    void aTerminalShowsStylesOfOursAndNoneOfTheDatas() {
        on(new Terminal(true, true, false, 80), Verbosity.NORMAL).line(RED);

        assertThat(streams.printed()).isEqualTo("\u001b[31mhigh\u001b[0m acct-\\u001b[31m7\n");
    }

    @Test
    void noColorMeansPlainOnATerminalToo() {
        Properties launcher = new Properties();
        launcher.setProperty("stillwatch.stdout.terminal", "true");
        launcher.setProperty("stillwatch.stderr.terminal", "true");
        launcher.setProperty("stillwatch.columns", "132");

        Terminal plain = Terminal.detect(Map.of("NO_COLOR", "1", "TERM", "xterm"), launcher);
        Terminal colourful = Terminal.detect(Map.of("NO_COLOR", "", "TERM", "xterm"), launcher);

        assertThat(on(plain, Verbosity.NORMAL).isLive()).isFalse();
        assertThat(on(colourful, Verbosity.NORMAL).isLive()).isTrue();
        assertThat(Terminal.detect(Map.of("TERM", "dumb"), launcher).plain()).isTrue();
        assertThat(colourful.columns()).isEqualTo(132);
    }

    @Test
    void aLineAppearsAboveTheLiveAreaWhichIsRedrawnAndCutToTheTerminal() {
        TerminalOutput output = on(new Terminal(false, true, false, 20), Verbosity.NORMAL);

        output.live(List.of(Line.of("first"), Line.of("a second line that is too long")));
        output.notice("news");

        String up = "\u001b[1A\u001b[2K";
        assertThat(streams.complained())
                .isEqualTo("first\na second line that…\n" + up + up + "news\nfirst\na second line that…\n");
    }

    @Test
    void quietLeavesResultsAndErrors() {
        TerminalOutput output = on(new Terminal(true, true, false, 80), Verbosity.QUIET);

        output.live(List.of(Line.of("working")));
        output.notice("noted");
        output.detail("inside");
        output.trace(new IllegalStateException("trace"));
        output.line("result");
        output.error("It broke.");

        assertThat(streams.printed()).isEqualTo("result\n");
        assertThat(streams.complained()).isEqualTo("stillwatch: It broke.\n");
    }

    private TerminalOutput on(Terminal terminal, Verbosity verbosity) {
        return new TerminalOutput(streams.out(), streams.err(), terminal, verbosity);
    }
}
