package io.stillwatch.cli.option;

import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.signature.Seal;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The key that what is published is sealed with. */
public final class SealOption {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Seal with this private key of Ed25519 (PEM), for a pipeline that runs with --trusted-keys.")
    private Optional<Path> key = Optional.empty();

    /**
     * Reads the key before anything is published.
     *
     * @throws UserException where there is none in the file
     */
    public Sealer sealer() {
        Optional<PrivateKey> secret = key.map(KeyFiles::privateKey);
        return definition -> secret.isPresent() ? Seal.set(definition, secret.get()) : definition;
    }

    /** Seals a definition, or leaves it as it is. */
    @FunctionalInterface
    public interface Sealer {
        SignatureDefinition seal(SignatureDefinition definition);
    }
}
