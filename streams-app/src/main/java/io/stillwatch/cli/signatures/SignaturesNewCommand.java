package io.stillwatch.cli.signatures;

import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Begins a signature of one's own. */
@Command(
        name = "new",
        header = "Write a signature file to begin from, with every line explained.",
        description =
                "It passes 'stillwatch signatures test' as it is; docs/signatures.md is the guide to changing it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch signatures new short-answer-harvest",
            "  stillwatch signatures new our-logprobs --like logprob-harvest --file my-signatures/our-logprobs.yaml"
        })
final class SignaturesNewCommand implements Callable<Integer> {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern ID_LINE = Pattern.compile("(?m)^id: .*$");
    private static final Pattern VERSION_LINE = Pattern.compile("(?m)^version: .*$");
    private static final Pattern STATUS_LINE = Pattern.compile("(?m)^status: .*$");

    @ParentCommand
    private SignaturesCommand signatures;

    @Parameters(paramLabel = "ID", description = "Its id: lower-case words joined by hyphens.")
    private String id;

    @Option(
            names = "--like",
            paramLabel = "ID",
            completionCandidates = SignatureIds.class,
            description = "Begin from this signature of the release, in shadow, and not from the template.")
    private Optional<String> like = Optional.empty();

    @Option(names = "--file", paramLabel = "FILE", description = "Where to write it (default: ID.yaml).")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() {
        if (!ID.matcher(id).matches() || id.length() > SignatureReader.LONGEST_ID) {
            throw new UserException(
                    "An id is lower-case words joined by hyphens, such as short-answer-harvest, not '"
                            + Printable.escape(id) + "'.",
                    ExitStatus.USAGE);
        }
        String yaml = like.map(this::copy).orElseGet(() -> template().replace("${id}", id));
        Path target = file.orElse(Path.of(id + ".yaml"));
        if (Files.exists(target)) {
            throw new UserException(
                    "The file " + target + " exists already; name another with --file.", ExitStatus.FAILURE);
        }
        OutputFile.write(target, writer -> writer.append(yaml), signatures.output());
        signatures.output().notice("Change it, then run: stillwatch signatures test " + target);
        return ExitStatus.OK.code();
    }

    private String copy(String other) {
        String yaml = SignatureSet.bundledYaml(other)
                .orElseThrow(() -> new UserException(
                        "The release has no signature " + Printable.escape(other)
                                + "; 'stillwatch signatures list' names those there are.",
                        ExitStatus.FAILURE));
        String renamed = ID_LINE.matcher(yaml).replaceFirst("id: " + id);
        String first = VERSION_LINE.matcher(renamed).replaceFirst("version: 1");
        return STATUS_LINE.matcher(first).replaceFirst("status: shadow");
    }

    static String template() {
        try (InputStream in = SignaturesNewCommand.class.getResourceAsStream("template.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
