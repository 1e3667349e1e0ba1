package io.stillwatch.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.Verbosity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertPrinterTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private String print(Terminal terminal) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        AlertPrinter.print(SampleAlerts.opened(), new TerminalOutput(out, out, terminal, Verbosity.NORMAL));
        return printed.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void onATerminalAnAlertBreaksAtWordsWithinTheWidth(int columns) {
        assertThat(print(new Terminal(true, true, true, columns)).lines())
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }

    @Test
    void itsSeverityHasItsColour() {
        assertThat(print(new Terminal(true, true, false, 80))).contains("\u001b[31mhigh\u001b[0m");
    }

    @Test
    void throughAPipeItIsTwoLines() {
        assertThat(print(Terminal.NONE))
                .startsWith("ALERT 2026-05-04T")
                .hasLineCount(2)
                .doesNotContain("\u001b");
    }
}
