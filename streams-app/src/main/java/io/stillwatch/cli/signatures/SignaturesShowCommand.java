package io.stillwatch.cli.signatures;

import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.replay.DefinitionReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureOverlay;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One signature in words. */
@Command(
        name = "show",
        header = "Show what a signature looks for, in words, and which honest work looks alike.",
        description = "As it is in effect: of the release or --signatures, or as published to a running pipeline.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch signatures show logprob-harvest",
            "  stillwatch signatures show logprob-harvest --yaml    # its file, of those that ship"
        })
final class SignaturesShowCommand implements Callable<Integer> {
    private static final String INDENT = "  ";

    @ParentCommand
    private SignaturesCommand signatures;

    @Parameters(
            paramLabel = "ID",
            completionCandidates = SignatureIds.class,
            description = "The signature's id, or its beginning.")
    private String id;

    @Option(names = "--yaml", description = "Print the file of a signature that ships, to begin your own from.")
    private boolean yaml;

    @Mixin
    private SignatureOption library;

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        CompiledSignature found = find();
        Signature signature = found.signature();
        TerminalOutput output = signatures.output();
        if (yaml) {
            output.line(SignatureSet.bundledYaml(signature.id())
                    .map(String::stripTrailing)
                    .map(text -> text.lines().toList())
                    .map(lines -> {
                        lines.subList(0, lines.size() - 1).forEach(output::line);
                        return lines.get(lines.size() - 1);
                    })
                    .orElseThrow(() -> new UserException(
                            signature.id() + " does not ship with the release; its file is where you keep it.",
                            ExitStatus.FAILURE)));
        } else if (json) {
            output.line(OutputOption.json(values(found)));
        } else {
            print(found, output);
        }
        return ExitStatus.OK.code();
    }

    private CompiledSignature find() {
        SignatureSet given = library.load();
        SignatureSet inEffect = Connection.find(signatures.settings())
                .map(connection -> {
                    connection.clusterId();
                    return signatures.published(connection);
                })
                .map(DefinitionReader.Published::definitions)
                .map(definitions -> SignatureOverlay.of(given, definitions).signatures())
                .orElse(given);
        List<String> ids =
                inEffect.signatures().stream().map(one -> one.signature().id()).toList();
        return inEffect.named(MeantSignature.of(id, ids)).orElseThrow();
    }

    private static void print(CompiledSignature compiled, TerminalOutput output) {
        Signature signature = compiled.signature();
        String severity = signature.severity().id();
        output.line(Line.of(
                Span.of(signature.id() + " v" + signature.version(), Span.Style.BOLD),
                Span.of("  "),
                Span.of(severity, Span.Style.ofSeverity(severity)),
                Span.of("  " + signature.status().name().toLowerCase(Locale.ROOT) + "  of " + signature.entity()
                        + "s")));
        output.prose(signature.title() + ". " + signature.description());
        heading("Looks at", output);
        signature
                .windows()
                .forEach(window -> output.line(INDENT + Figures.window(window.toString()) + " with at least "
                        + Figures.counted(signature.minimum(window), "request")));
        heading("Holds when, in one of these, all of this is so", output);
        compiled.conditionWords().forEach(line -> output.hanging(INDENT + line));
        heading("Shows as evidence", output);
        TextTable evidence = new TextTable("feature", "what it is");
        signature
                .evidence()
                .forEach(name -> evidence.row(
                        name,
                        Features.named(name).map(feature -> feature.meaning()).orElse("-")));
        output.table(evidence);
        heading("Honest work that comes close", output);
        signature.falsePositives().forEach(text -> output.hanging(INDENT + text));
        if (!signature.references().isEmpty()) {
            heading("Described in", output);
            signature.references().forEach(text -> output.hanging(INDENT + text));
        }
        output.line("");
        output.prose("MITRE ATLAS " + joined(signature.atlas()) + "; OWASP " + joined(signature.owasp())
                + ". For one account, with its values: stillwatch signatures explain ACCOUNT --signature "
                + signature.id() + ". To write your own: stillwatch signatures new MY-ID --like " + signature.id());
    }

    private static String joined(List<String> ids) {
        return ids.isEmpty() ? "-" : ids.stream().map(Printable::escape).collect(Collectors.joining(", "));
    }

    private static void heading(String text, TerminalOutput output) {
        output.line("");
        output.line(Line.of(Span.of(text, Span.Style.BOLD)));
    }

    private static Map<String, Object> values(CompiledSignature compiled) {
        Signature signature = compiled.signature();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", signature.id());
        values.put("version", signature.version());
        values.put("title", signature.title());
        values.put("description", signature.description());
        values.put("severity", signature.severity().id());
        values.put("status", signature.status().name().toLowerCase(Locale.ROOT));
        values.put("entity", signature.entity());
        values.put(
                "windows", signature.windows().stream().map(Duration::toString).toList());
        values.put("condition", signature.condition());
        values.put("condition_in_words", compiled.conditionWords());
        values.put("score", signature.score());
        values.put("evidence", signature.evidence());
        values.put("false_positives", signature.falsePositives());
        values.put("atlas", signature.atlas());
        values.put("owasp", signature.owasp());
        values.put("references", signature.references());
        return values;
    }
}
