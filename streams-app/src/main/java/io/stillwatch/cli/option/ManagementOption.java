package io.stillwatch.cli.option;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether and where health and metrics are told, and who else is sent them. */
public final class ManagementOption {
    /** Where they are told unless another port is given. */
    public static final int DEFAULT_PORT = 9_464;

    private static final String OFF = "off";
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--management-port",
            paramLabel = "[HOST:]PORT|off",
            description =
                    "Tell health and metrics there over HTTP: /metrics, /health/live, /health/ready, /info; on the"
                            + " loopback interface unless a host is named; 0 is any free port (default: " + DEFAULT_PORT
                            + ", or a free one where it is taken).")
    private Optional<String> address = Optional.empty();

    @Option(
            names = "--otlp-metrics",
            paramLabel = "URL",
            description = "Send metrics to this OpenTelemetry collector once a minute, such as"
                    + " http://127.0.0.1:4318/v1/metrics.")
    private Optional<String> otlp = Optional.empty();

    /**
     * Where to listen.
     *
     * @param where with port 0 for any free one
     * @param preferred whether another port does as well where that one is taken
     */
    public record Address(InetSocketAddress where, boolean preferred) {}

    /**
     * Where to listen; empty where nothing is told.
     *
     * @throws UserException where it makes no sense
     */
    public Optional<Address> address() {
        if (address.isEmpty()) {
            return Optional.of(
                    new Address(new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT), true));
        }
        return address.get().equals(OFF) ? Optional.empty() : Optional.of(new Address(parse(address.get()), false));
    }

    private static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        if (port < 0 || port > HIGHEST_PORT || colon == 0) {
            throw wrong(text);
        }
        try {
            return new InetSocketAddress(
                    host.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new UserException(
                    "--management-port: there is no host '" + Printable.escape(host) + "'.", ExitStatus.USAGE, e);
        }
    }

    private static UserException wrong(String text) {
        return new UserException(
                "--management-port is a port, HOST:PORT or off, such as 127.0.0.1:9464, not '" + Printable.escape(text)
                        + "'.",
                ExitStatus.USAGE);
    }

    /**
     * The collector that is sent metrics.
     *
     * @throws UserException where it is no address
     */
    public Optional<String> otlp() {
        otlp.ifPresent(url -> {
            String scheme;
            try {
                scheme = String.valueOf(URI.create(url).getScheme());
            } catch (IllegalArgumentException e) {
                scheme = "";
            }
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new UserException(
                        "--otlp-metrics is an http or https address, such as http://127.0.0.1:4318/v1/metrics, not '"
                                + Printable.escape(url) + "'.",
                        ExitStatus.USAGE);
            }
        });
        return otlp;
    }
}
