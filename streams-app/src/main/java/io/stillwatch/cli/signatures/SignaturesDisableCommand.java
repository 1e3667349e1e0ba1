package io.stillwatch.cli.signatures;

import io.stillwatch.cli.option.SealOption;
import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.text.Printable;
import io.stillwatch.topology.control.SignaturePublisher;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes a signature out of a running pipeline. */
@Command(
        name = "disable",
        header = "Disable a signature: it finds nothing more, and alerts that rest on it alone close.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch signatures disable logprob-harvest")
final class SignaturesDisableCommand implements Callable<Integer> {
    @ParentCommand
    private SignaturesCommand signatures;

    @Parameters(paramLabel = "ID", completionCandidates = SignatureIds.class, description = "The signature's id.")
    private String id;

    @Mixin
    private SignatureOption library;

    @Option(names = "--by", paramLabel = "NAME", description = "Who disables it; kept with the definition.")
    private Optional<String> by = Optional.empty();

    @Mixin
    private SealOption seal;

    @Override
    public Integer call() {
        SealOption.Sealer sealer = seal.sealer();
        SignatureSet given = library.load();
        boolean changed = signatures.onCluster(connection -> disable(connection, given, sealer));
        if (changed) {
            signatures.output().line("disabled " + id);
        } else {
            signatures.output().notice("The signature " + id + " is disabled already.");
        }
        return ExitStatus.OK.code();
    }

    private boolean disable(Connection connection, SignatureSet given, SealOption.Sealer sealer) {
        Optional<SignatureDefinition> published =
                Optional.ofNullable(signatures.published(connection).byId().get(id));
        if (published.isEmpty() && given.named(id).isEmpty()) {
            throw new UserException(
                    "There is no signature " + Printable.escape(id)
                            + "; 'stillwatch signatures list' names those there are.",
                    ExitStatus.FAILURE);
        }
        if (published.filter(SignatureDefinition::getDisabled).isPresent()) {
            return false;
        }
        try (SignaturePublisher publisher = signatures.publisher(connection)) {
            publisher.publish(sealer.seal(SignatureDefinition.newBuilder()
                    .setId(id)
                    .setVersion(published.map(SignatureDefinition::getVersion).orElse(0))
                    .setYaml(published.map(SignatureDefinition::getYaml).orElse(""))
                    .setDisabled(true)
                    .setPublishedAt(Instant.now().toEpochMilli())
                    .setPublishedBy(by.orElse(null))
                    .build()));
        }
        return true;
    }
}
