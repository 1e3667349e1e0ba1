package io.stillwatch.cli.alerts;

import io.stillwatch.alert.AllowlistValue;
import io.stillwatch.campaign.LinkKind;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.AllowlistKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Who or what an entry is about: one of four options. */
final class AllowlistSubject {
    @Option(names = "--account", required = true, paramLabel = "ID", description = "An account.")
    private Optional<String> account = Optional.empty();

    @Option(
            names = "--organization",
            required = true,
            paramLabel = "ID",
            description = "All accounts whose newest request named the organization.")
    private Optional<String> organization = Optional.empty();

    @Option(
            names = "--link-key",
            required = true,
            paramLabel = "KIND:TOKEN",
            description =
                    "All accounts that have a link key: payment, network, signup, tls or client with the token that"
                            + " requests carry, of which only the hash is kept; or any kind with the 16 hexadecimal digits of its"
                            + " hash.")
    private Optional<String> linkKey = Optional.empty();

    @Option(names = "--campaign", required = true, paramLabel = "ID", description = "A campaign.")
    private Optional<String> campaign = Optional.empty();

    AllowlistKind kind() {
        if (account.isPresent()) {
            return AllowlistKind.ACCOUNT;
        }
        if (organization.isPresent()) {
            return AllowlistKind.ORGANIZATION;
        }
        return linkKey.isPresent() ? AllowlistKind.LINK_KEY : AllowlistKind.CAMPAIGN;
    }

    /** @throws UserException where a link key is none */
    String value() {
        String value =
                account.or(() -> organization).or(() -> campaign).orElseGet(() -> linkKey(linkKey.orElseThrow()));
        if (value.isBlank()) {
            throw new UserException("Say whom to allow; an empty id is nobody's.", ExitStatus.USAGE);
        }
        return value;
    }

    private static String linkKey(String text) {
        int colon = text.indexOf(':');
        Optional<LinkKind> kind = LinkKind.named(colon < 0 ? "" : text.substring(0, colon));
        String token = text.substring(colon + 1);
        if (kind.filter(LinkKind::isKey).isEmpty() || token.isEmpty()) {
            throw new UserException(
                    "--link-key is KIND:TOKEN with one of the kinds "
                            + Arrays.stream(LinkKind.values())
                                    .filter(LinkKind::isKey)
                                    .map(LinkKind::id)
                                    .collect(Collectors.joining(", "))
                            + ", not '" + text + "'.",
                    ExitStatus.USAGE);
        }
        if (!kind.get().isToken() && !AllowlistValue.isHash(token)) {
            throw new UserException(
                    "Requests carry no token for " + kind.get().words()
                            + "; give the 16 hexadecimal digits of the hash.",
                    ExitStatus.USAGE);
        }
        return kind.get().id() + ":" + AllowlistValue.hashed(token);
    }
}
