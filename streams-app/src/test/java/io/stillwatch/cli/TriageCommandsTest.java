package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.cli.option.Day;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that make no sense, refused before any Kafka is asked. */
class TriageCommandsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alerts list --state shut                                    | --state is open, closed or all, not 'shut'.
            alerts list --severity terrible                             | --severity is one of informational, low, medium, high, critical, not 'terrible'.
            alerts list --since yesterday                               | --since is a day such as 2026-05-04 or a moment such as 2026-05-04T07:00:00Z, not 'yesterday'.
            alerts list --limit 0                                       | --limit is 1 or more, not 0.
            alerts close al-1                                           | Missing required option: '--reason=TEXT'.
            alerts close al-1 --reason x --disposition good             | A disposition is one of true_positive, false_positive, benign_expected, not 'good'.
            alerts ack al-1                                             | The environment does not tell who you are; say so with --by NAME.
            allowlist add --reason x                                    | Missing required argument (specify one of these):
            allowlist add --account a --campaign c --reason x           | are mutually exclusive
            allowlist add --link-key nothing --reason x --by me         | --link-key is KIND:TOKEN with one of the kinds payment, network, signup, tls, client, instructions, opening, parameters, not 'nothing'.
            allowlist add --link-key opening:hello --reason x --by me   | give the 16 hexadecimal digits of the hash.
            allowlist add --account a --reason x --by me --expires PT0S | --expires is a time to come, not 'PT0S'.
            allowlist add --account a --reason x --by me --expires soon | --expires is a day such as 2026-05-04
            """)
    void whatMakesNoSenseIsRefusedWithASentence(String line, String sentence) {
        Streams streams = new Streams();
        String[] arguments =
                (line + " --data-dir " + directory.resolve("none")).strip().split(" +");
        int status = Main.run(Map.of(), Terminal.NONE, streams.out(), streams.err(), arguments);

        assertThat(streams.complained()).contains(sentence);
        assertThat(status).isEqualTo(ExitStatus.USAGE.code());
        assertThat(streams.printed()).isEmpty();
    }

    @Test
    void aTimeIsADayOrAMoment() {
        assertThat(Instant.ofEpochMilli(Day.parse("--since", "2026-05-04"))).isEqualTo("2026-05-04T00:00:00Z");
        assertThat(Instant.ofEpochMilli(Day.parse("--since", "2026-05-04T07:30Z")))
                .isEqualTo("2026-05-04T07:30:00Z");
        assertThat(Instant.ofEpochMilli(Day.parse("--since", "2026-05-04T07:30:15+02:00")))
                .isEqualTo("2026-05-04T05:30:15Z");
        assertThatThrownBy(() -> Day.parse("--since", "2026-13-04")).isInstanceOf(UserException.class);
    }
}
