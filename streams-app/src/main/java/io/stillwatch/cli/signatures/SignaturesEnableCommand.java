package io.stillwatch.cli.signatures;

import io.stillwatch.cli.option.SealOption;
import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.serde.MessageTypes;
import io.stillwatch.topology.control.SignaturePublisher;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings a disabled signature back. */
@Command(
        name = "enable",
        header = "Enable a signature that was disabled.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch signatures enable logprob-harvest")
final class SignaturesEnableCommand implements Callable<Integer> {
    @ParentCommand
    private SignaturesCommand signatures;

    @Parameters(paramLabel = "ID", completionCandidates = SignatureIds.class, description = "The signature's id.")
    private String id;

    @Option(names = "--by", paramLabel = "NAME", description = "Who enables it; kept with the definition.")
    private Optional<String> by = Optional.empty();

    @Mixin
    private SealOption seal;

    @Override
    public Integer call() {
        SealOption.Sealer sealer = seal.sealer();
        boolean changed = signatures.onCluster(connection -> enable(connection, sealer));
        if (changed) {
            signatures.output().line("enabled " + id);
        } else {
            signatures.output().notice("No signature " + id + " is disabled.");
        }
        return ExitStatus.OK.code();
    }

    private boolean enable(Connection connection, SealOption.Sealer sealer) {
        Optional<SignatureDefinition> disabled = Optional.ofNullable(
                        signatures.published(connection).byId().get(id))
                .filter(SignatureDefinition::getDisabled);
        if (disabled.isEmpty()) {
            return false;
        }
        try (SignaturePublisher publisher = signatures.publisher(connection)) {
            if (disabled.get().getYaml().isEmpty()) {
                publisher.retract(id);
            } else {
                MessageTypes.trust();
                publisher.publish(sealer.seal(SignatureDefinition.newBuilder(disabled.get())
                        .setDisabled(false)
                        .setPublishedAt(Instant.now().toEpochMilli())
                        .setPublishedBy(by.orElse(null))
                        .setSeal(null)
                        .build()));
            }
        }
        return true;
    }
}
