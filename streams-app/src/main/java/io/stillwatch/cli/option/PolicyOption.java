package io.stillwatch.cli.option;

import io.stillwatch.decision.DecisionRules;
import io.stillwatch.decision.Policy;
import io.stillwatch.decision.PolicyException;
import io.stillwatch.decision.PolicyReader;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How alerts become decisions. */
public final class PolicyOption {
    private static final int SHORTEST_KEY = 16;
    private static final int LONGEST_KEY = 1_024;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "How alerts become decisions (default: none are made; docs/decisions.md has examples).")
    private Optional<Path> file = Optional.empty();

    /** Whether one was given. */
    public boolean isGiven() {
        return file.isPresent();
    }

    /**
     * The policy, which only observes where none was given.
     *
     * @throws UserException naming the file, the line and what to mend
     */
    public Policy policy() {
        if (file.isEmpty()) {
            return Policy.bundled();
        }
        try {
            return PolicyReader.read(
                    Printable.escape(file.get().toString()), Files.readString(file.get(), StandardCharsets.UTF_8));
        } catch (PolicyException e) {
            throw new UserException(e.getMessage() + ".", ExitStatus.FAILURE, e);
        } catch (IOException e) {
            throw unreadable(file.get(), "the policy", e);
        }
    }

    /**
     * The policy with the secret that it names.
     *
     * @throws UserException where one of the files cannot be used
     */
    public DecisionRules rules() {
        Policy policy = policy();
        return new DecisionRules(
                policy, policy.delay().flatMap(Policy.Delay::keyFile).map(this::key));
    }

    /** Beside the policy, unless it is named in full. */
    private byte[] key(String name) {
        Path key = file.orElseThrow().toAbsolutePath().resolveSibling(name);
        try {
            byte[] secret = Files.readAllBytes(key);
            if (secret.length < SHORTEST_KEY || secret.length > LONGEST_KEY) {
                throw new UserException(
                        "The key file " + key + " must hold " + SHORTEST_KEY + " to " + LONGEST_KEY
                                + " random bytes; make one with 'openssl rand -out " + key + " 32'.",
                        ExitStatus.FAILURE);
            }
            return secret;
        } catch (IOException e) {
            throw unreadable(key, "the key file of the policy", e);
        }
    }

    private static UserException unreadable(Path path, String what, IOException cause) {
        return new UserException(
                "The file " + path + " cannot be read as " + what
                        + "; check that it is there, is text and may be read.",
                ExitStatus.FAILURE,
                cause);
    }
}
