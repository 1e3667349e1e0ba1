package io.stillwatch.cli.signatures;

import io.stillwatch.cli.terminal.ClauseTable;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureException;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.signature.SignatureTrial;
import io.stillwatch.simulate.Timeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs the examples and timelines that signatures carry. */
@Command(
        name = "test",
        header = "Run the examples of signatures: those that ship, or those of files and directories.",
        description = "Timelines are played through the whole pipeline. Ends with exit status 1 where an example or a"
                + " timeline comes out otherwise than its signature says.",
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch signatures test", "  stillwatch signatures test my-signatures/"})
final class SignaturesTestCommand implements Callable<Integer> {
    @ParentCommand
    private SignaturesCommand signatures;

    @Parameters(
            paramLabel = "FILE|DIR",
            arity = "0..*",
            description = "Signature files, or directories of such (default: those that ship).")
    private List<Path> paths = new ArrayList<>();

    @Override
    public Integer call() {
        TerminalOutput output = signatures.output();
        Map<CompiledSignature, List<Timeline>> library = new LinkedHashMap<>();
        boolean failed = false;
        if (paths.isEmpty()) {
            SignatureSet.bundled()
                    .signatures()
                    .forEach(compiled -> library.put(
                            compiled, SignatureTimelines.of(compiled.signature().id(), compiled.signature())));
        } else {
            SignatureFiles files = SignatureFiles.read(paths);
            files.complain(output);
            failed = !files.problems().isEmpty();
            files.readable().forEach(file -> library.put(file.compiled(), file.timelines()));
        }
        for (Map.Entry<CompiledSignature, List<Timeline>> entry : library.entrySet()) {
            failed |= !run(entry.getKey(), output);
            for (Timeline timeline : entry.getValue()) {
                failed |= !play(entry.getKey(), timeline, output);
            }
        }
        return (failed ? ExitStatus.FAILURE : ExitStatus.OK).code();
    }

    /** Prints what became of a signature's examples; false when one came out otherwise. */
    static boolean run(CompiledSignature compiled, TerminalOutput output) {
        SignatureTrial trial;
        try {
            trial = SignatureTrial.of(compiled);
        } catch (SignatureException e) {
            output.line(Line.of(
                    Span.of("FAIL ", Span.Style.RED),
                    Span.of(compiled.signature().id() + ": " + e.getMessage())));
            return false;
        }
        output.line(Line.of(
                trial.passed() ? Span.of("ok   ", Span.Style.GREEN) : Span.of("FAIL ", Span.Style.RED),
                Span.of(compiled.signature().id() + " v" + compiled.signature().version() + ": " + trial.right()
                        + " of " + trial.outcomes().size() + " examples as expected"
                        + (trial.outcomes().isEmpty() ? "; it has none" : ""))));
        trial.outcomes().stream().filter(outcome -> !outcome.isRight()).forEach(outcome -> {
            output.line("     " + (outcome.expected() ? "must match: " : "must not match: ")
                    + outcome.example().about());
            output.table(ClauseTable.of(outcome.decisive()), 7);
        });
        return trial.passed();
    }

    /** Plays a timeline through the pipeline and prints a line when it ends otherwise than it says; false then. */
    private static boolean play(CompiledSignature compiled, Timeline timeline, TerminalOutput output) {
        boolean alerted = TimelineRun.firstAlert(compiled, timeline).isPresent();
        if (alerted != timeline.alert()) {
            output.line(Line.of(
                    Span.of("FAIL ", Span.Style.RED),
                    Span.of(compiled.signature().id() + ": the timeline "
                            + (timeline.alert() ? "must raise an alert: " : "must raise no alert: ")
                            + timeline.about())));
        }
        return alerted == timeline.alert();
    }
}
