package io.stillwatch.cli.option;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.signature.SignatureException;
import io.stillwatch.signature.SignatureSet;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which signatures to run. */
public final class SignatureOption {
    @Option(
            names = "--signatures",
            paramLabel = "DIR",
            description = "Directory of signature files to run instead of those that ship.")
    private Optional<Path> directory = Optional.empty();

    /**
     * Reads and compiles them.
     *
     * @throws UserException naming the file, the line and what to mend
     */
    public SignatureSet load() {
        try {
            return directory.map(SignatureSet::of).orElseGet(SignatureSet::bundled);
        } catch (SignatureException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }
}
