package io.stillwatch.cli.signatures;

import io.stillwatch.cli.option.SealOption;
import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.replay.ShortIds;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.serde.MessageTypes;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.control.SignaturePublisher;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
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

    @Parameters(
            paramLabel = "ID",
            completionCandidates = SignatureIds.class,
            description = "The signature's id, or its beginning.")
    private String id;

    @Option(names = "--by", paramLabel = "NAME", description = "Who enables it; kept with the definition.")
    private Optional<String> by = Optional.empty();

    @Mixin
    private SealOption seal;

    @Override
    public Integer call() {
        SealOption.Sealer sealer = seal.sealer();
        signatures.onCluster(connection -> {
            Map<String, SignatureDefinition> disabled =
                    new TreeMap<>(signatures.published(connection).byId());
            disabled.values().removeIf(definition -> !definition.getDisabled());
            boolean isOneThatIsOn = !disabled.containsKey(id)
                    && SignatureSet.bundled().named(id).isPresent();
            if (isOneThatIsOn || ShortIds.meant(id, disabled.keySet()).isEmpty()) {
                signatures.output().notice("No signature " + id + " is disabled.");
            } else {
                String meant = MeantSignature.of(id, disabled.keySet());
                enable(connection, Objects.requireNonNull(disabled.get(meant)), sealer);
                signatures.output().line("enabled " + meant);
            }
            return disabled;
        });
        return ExitStatus.OK.code();
    }

    private void enable(Connection connection, SignatureDefinition disabled, SealOption.Sealer sealer) {
        try (SignaturePublisher publisher = signatures.publisher(connection)) {
            if (disabled.getYaml().isEmpty()) {
                publisher.retract(disabled.getId());
            } else {
                MessageTypes.trust();
                publisher.publish(sealer.seal(SignatureDefinition.newBuilder(disabled)
                        .setDisabled(false)
                        .setPublishedAt(Instant.now().toEpochMilli())
                        .setPublishedBy(by.orElse(null))
                        .setSeal(null)
                        .build()));
            }
        }
    }
}
