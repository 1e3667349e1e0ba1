package io.stillwatch.cli.evaluate;

import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.evaluate.EvaluationJson;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.replay.report.EvaluationReport;
import io.stillwatch.replay.report.UsualValues;
import io.stillwatch.runtime.BuildInfo;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A file that an evaluation is written to, in the format its name asks for. */
record EvaluationOutput(Path file, Format format) {
    /** Puts scorecards into a file. */
    @FunctionalInterface
    interface Format {
        void write(List<Scorecard> cards, Reference reference, Writer writer) throws IOException;
    }

    /**
     * Reads the format off a file name.
     *
     * @throws UserException when the name asks for none
     */
    static EvaluationOutput to(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".html")) {
            return new EvaluationOutput(
                    Path.of(name),
                    (cards, reference, writer) -> EvaluationReport.write(
                            cards, BuildInfo.version(), UsualValues.by(reference.baseline()), writer));
        }
        if (lower.endsWith(".json")) {
            return new EvaluationOutput(
                    Path.of(name), (cards, reference, writer) -> writer.append(EvaluationJson.of(cards)));
        }
        throw new UserException(
                "'" + name + "' asks for no known format; end the name in .json or .html.", ExitStatus.USAGE);
    }

    void write(List<Scorecard> cards, Reference reference, TerminalOutput output) {
        OutputFile.write(file, writer -> format.write(cards, reference, writer), output);
    }
}
