package io.stillwatch.cli.run;

import io.stillwatch.alert.AlertJson;
import io.stillwatch.alert.ocsf.OcsfDetectionFinding;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.report.HtmlReport;
import io.stillwatch.replay.report.ReplaySummary;
import io.stillwatch.runtime.BuildInfo;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.Alert;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A file that alerts are written to, in the format its name asks for. */
sealed interface AlertOutput {
    /** Writes all steps, in the order given. */
    void write(List<Alert> steps, ReplaySummary summary, TerminalOutput output);

    /** Whether it tells when the alerts' accounts sent their requests. */
    default boolean needsHours() {
        return false;
    }

    /**
     * Reads the format off a file name.
     *
     * @throws UserException when the name asks for none
     */
    static AlertOutput to(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.equals("-")) {
            return new StandardOutput();
        }
        if (lower.endsWith(".html")) {
            return new Report(Path.of(name));
        }
        if (lower.endsWith(".ocsf") || lower.endsWith(".ocsf.jsonl") || lower.endsWith(".ocsf.json")) {
            return new Lines(Path.of(name), new OcsfDetectionFinding(BuildInfo.version())::line);
        }
        if (lower.endsWith(".jsonl")) {
            return new Lines(Path.of(name), AlertJson::line);
        }
        throw new UserException(
                "'" + name + "' asks for no known format; end the name in .jsonl, .ocsf or .html.", ExitStatus.USAGE);
    }

    /** One JSON object a line. */
    record Lines(Path file, Function<Alert, String> format) implements AlertOutput {
        @Override
        public void write(List<Alert> steps, ReplaySummary summary, TerminalOutput output) {
            OutputFile.write(
                    file,
                    writer -> {
                        for (Alert step : steps) {
                            writer.append(format.apply(step)).append('\n');
                        }
                    },
                    output);
        }
    }

    /** A page for people. */
    record Report(Path file) implements AlertOutput {
        @Override
        public boolean needsHours() {
            return true;
        }

        @Override
        public void write(List<Alert> steps, ReplaySummary summary, TerminalOutput output) {
            OutputFile.write(file, writer -> HtmlReport.write(summary, writer), output);
        }
    }

    /** Native JSON lines for a pipe. */
    record StandardOutput() implements AlertOutput {
        @Override
        public void write(List<Alert> steps, ReplaySummary summary, TerminalOutput output) {
            steps.forEach(step -> output.line(AlertJson.line(step)));
        }
    }
}
