package io.stillwatch.cli.option;

import io.stillwatch.console.GatewayServer;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Whether and where gateways can ask for decisions. */
public final class HttpOption {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            description = "Answer gateways there, on the loopback interface unless a host is named, such as"
                    + " 127.0.0.1:8085. Nobody is asked who they are, so name another host only on a private network.")
    private Optional<String> address = Optional.empty();

    @Option(
            names = "--account-header",
            paramLabel = "NAME",
            defaultValue = GatewayServer.DEFAULT_ACCOUNT_HEADER,
            description = "Header in which gateways name the account (default: ${DEFAULT-VALUE}).")
    private String accountHeader;

    /**
     * The address to listen on; empty where gateways are not answered.
     *
     * @throws UserException where it makes no sense
     */
    public Optional<InetSocketAddress> address() {
        return address.map(text -> parse("--http", text));
    }

    static InetSocketAddress parse(String option, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw wrong(option, text);
        }
        if (port < 0 || port > HIGHEST_PORT || colon == 0) {
            throw wrong(option, text);
        }
        try {
            InetAddress where = host.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
            return new InetSocketAddress(where, port);
        } catch (UnknownHostException e) {
            throw new UserException(
                    option + ": there is no host '" + Printable.escape(host) + "'.", ExitStatus.USAGE, e);
        }
    }

    private static UserException wrong(String option, String text) {
        return new UserException(
                option + " is a port or HOST:PORT, such as 127.0.0.1:8085, not '" + Printable.escape(text) + "'.",
                ExitStatus.USAGE);
    }

    /**
     * The header that names the account.
     *
     * @throws UserException where it can be no header
     */
    public String accountHeader() {
        if (!HEADER.matcher(accountHeader).matches()) {
            throw new UserException(
                    "--account-header is a header's name, such as x-account-id, not '" + Printable.escape(accountHeader)
                            + "'.",
                    ExitStatus.USAGE);
        }
        return accountHeader;
    }
}
