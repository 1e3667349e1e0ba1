package io.stillwatch.cli.signatures;

import io.stillwatch.cli.option.SealOption;
import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.control.SignaturePublisher;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    @Parameters(
            paramLabel = "ID",
            completionCandidates = SignatureIds.class,
            description = "The signature's id, or its beginning.")
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
        signatures.onCluster(connection -> {
            Map<String, SignatureDefinition> published =
                    signatures.published(connection).byId();
            Set<String> ids = new TreeSet<>(published.keySet());
            given.signatures().forEach(one -> ids.add(one.signature().id()));
            String meant = MeantSignature.of(id, ids);
            if (disable(connection, meant, Optional.ofNullable(published.get(meant)), sealer)) {
                signatures.output().line("disabled " + meant);
            } else {
                signatures.output().notice("The signature " + meant + " is disabled already.");
            }
            return meant;
        });
        return ExitStatus.OK.code();
    }

    private boolean disable(
            Connection connection, String meant, Optional<SignatureDefinition> published, SealOption.Sealer sealer) {
        if (published.filter(SignatureDefinition::getDisabled).isPresent()) {
            return false;
        }
        try (SignaturePublisher publisher = signatures.publisher(connection)) {
            publisher.publish(sealer.seal(SignatureDefinition.newBuilder()
                    .setId(meant)
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
