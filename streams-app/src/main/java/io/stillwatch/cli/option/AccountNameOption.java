package io.stillwatch.cli.option;

import io.stillwatch.ingest.AccountChoice;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which field of a log names the account. */
public final class AccountNameOption {
    @Option(
            names = "--account",
            paramLabel = "NAMES",
            description = "Which field names the account: the first of these that is there, such as"
                    + " user.id,service.name for spans or metadata.tenant for other logs (default: by format, see"
                    + " docs/input-formats.md).")
    private Optional<String> names = Optional.empty();

    /**
     * The options with what was asked for.
     *
     * @throws UserException if it cannot be meant
     */
    public IngestOptions applyTo(IngestOptions options) {
        try {
            return names.map(given -> options.withAccount(AccountChoice.of(given)))
                    .orElse(options);
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    "--account wants names parted by commas, such as user.id,service.name.", ExitStatus.USAGE, e);
        }
    }
}
