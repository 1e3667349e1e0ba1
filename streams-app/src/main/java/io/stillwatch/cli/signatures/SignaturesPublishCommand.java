package io.stillwatch.cli.signatures;

import io.stillwatch.cli.option.SealOption;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.DefinitionReader;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.control.SignaturePublisher;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Gives a running pipeline new signatures, or new versions of those it has. */
@Command(
        name = "publish",
        header = "Publish signatures to the pipeline, which takes them up within seconds.",
        description = "All files are checked and their examples run first; nothing is published unless all of them pass"
                + " and each has a higher version than the one in effect.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch signatures publish my-signatures/new-harvest.yaml --bootstrap-servers kafka:9092")
final class SignaturesPublishCommand implements Callable<Integer> {
    @ParentCommand
    private SignaturesCommand signatures;

    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Signature files, or directories of such.")
    private List<Path> paths;

    @Mixin
    private SignatureOption library;

    @Option(names = "--by", paramLabel = "NAME", description = "Who publishes; kept with the definition.")
    private Optional<String> by = Optional.empty();

    @Mixin
    private SealOption seal;

    @Override
    public Integer call() {
        TerminalOutput output = signatures.output();
        SealOption.Sealer sealer = seal.sealer();
        SignatureSet given = library.load();
        SignatureFiles files = SignatureFiles.read(paths);
        files.complain(output);
        boolean usable = files.problems().isEmpty();
        for (SignatureFiles.SignatureFile file : files.readable()) {
            usable &= SignaturesTestCommand.run(file.compiled(), output);
        }
        if (!usable) {
            throw new UserException("Nothing was published; mend the files named above.", ExitStatus.FAILURE);
        }
        signatures.onCluster(connection -> {
            DefinitionReader.Published published = signatures.published(connection);
            files.readable().forEach(file -> refuseOldVersion(file.compiled().signature(), given, published));
            try (SignaturePublisher publisher = signatures.publisher(connection)) {
                files.readable().forEach(file -> publisher.publish(sealer.seal(definition(file))));
            }
            return null;
        });
        files.readable().forEach(file -> output.line("published " + named(file.compiled())));
        return ExitStatus.OK.code();
    }

    private static String named(CompiledSignature compiled) {
        return compiled.signature().id() + " v" + compiled.signature().version();
    }

    /** Alerts name the version, so no two signatures may go by the same one. */
    private static void refuseOldVersion(
            Signature signature, SignatureSet given, DefinitionReader.Published published) {
        int shipped = given.named(signature.id())
                .map(compiled -> compiled.signature().version())
                .orElse(0);
        int before = Optional.ofNullable(published.byId().get(signature.id()))
                .map(SignatureDefinition::getVersion)
                .orElse(0);
        if (signature.version() <= Math.max(shipped, before)) {
            throw new UserException(
                    "Nothing was published: version " + signature.version() + " of " + signature.id()
                            + " is not higher than version " + Math.max(shipped, before)
                            + (before >= shipped ? ", which is published" : ", which is run already")
                            + "; raise it in the file.",
                    ExitStatus.FAILURE);
        }
    }

    private SignatureDefinition definition(SignatureFiles.SignatureFile file) {
        Signature signature = file.compiled().signature();
        return SignatureDefinition.newBuilder()
                .setId(signature.id())
                .setVersion(signature.version())
                .setYaml(file.yaml())
                .setPublishedAt(Instant.now().toEpochMilli())
                .setPublishedBy(by.orElse(null))
                .build();
    }
}
