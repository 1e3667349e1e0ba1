package io.stillwatch.cli.run;

import io.stillwatch.cli.option.ManagementOption;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.console.ManagementServer;
import io.stillwatch.metrics.Meters;
import io.stillwatch.runtime.BuildInfo;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.Telemetry;
import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a pipeline tells those who run it: answers before the pipeline does, that it is not ready. */
public final class Management {
    private final Meters meters;
    private final Telemetry telemetry;
    private final Optional<InetSocketAddress> listening;

    private Management(Meters meters, Telemetry telemetry, Optional<InetSocketAddress> listening) {
        this.meters = meters;
        this.telemetry = telemetry;
        this.listening = listening;
    }

    /**
     * Begins to measure and, unless that is not wanted, to listen.
     *
     * @throws UserException where the address cannot be had
     */
    public static Management open(ManagementOption option, ShutdownSequence shutdown) {
        Optional<ManagementOption.Address> address = option.address();
        Meters meters = shutdown.open(new Meters(option.otlp(), BuildInfo.version()));
        Telemetry telemetry = new Telemetry(meters);
        Optional<InetSocketAddress> listening = address.map(where -> new InetSocketAddress(
                where.where().getAddress(),
                shutdown.open(listen(where, telemetry, meters)).port()));
        return new Management(meters, telemetry, listening);
    }

    /** Says where health and metrics are, once it is true. */
    public void tell(TerminalOutput output) {
        listening.ifPresent(where -> {
            String host = where.getAddress().getHostAddress();
            output.notice("Health and metrics are on http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                    + where.getPort() + "/health/ready and /metrics.");
            if (!where.getAddress().isLoopbackAddress()) {
                output.notice("Anybody who reaches that port can read them; keep it to those who watch this process.");
            }
        });
    }

    private static ManagementServer listen(ManagementOption.Address address, Telemetry telemetry, Meters meters) {
        try {
            return start(address.where(), telemetry, meters);
        } catch (IOException e) {
            if (address.preferred()) {
                try {
                    return start(new InetSocketAddress(address.where().getAddress(), 0), telemetry, meters);
                } catch (IOException none) {
                    e.addSuppressed(none);
                }
            }
            throw new UserException(
                    "The address " + address.where().getAddress().getHostAddress() + ":"
                            + address.where().getPort()
                            + " of --management-port cannot be had: " + e.getMessage()
                            + "; choose another port, or off.",
                    ExitStatus.FAILURE,
                    e);
        }
    }

    private static ManagementServer start(InetSocketAddress where, Telemetry telemetry, Meters meters)
            throws IOException {
        return ManagementServer.start(
                where,
                telemetry,
                meters::scrape,
                Map.of(
                        "name", "stillwatch",
                        "version", BuildInfo.version(),
                        "java", Runtime.version().toString(),
                        "kafka_clients", AppInfoParser.getVersion(),
                        "started_at", Instant.now().toString()));
    }

    /** What the pipeline is to tell of itself to. */
    public Telemetry telemetry() {
        return telemetry;
    }

    /** What is measured. */
    public Meters meters() {
        return meters;
    }

    /** The port it listens on; 0 where it does not. */
    public int port() {
        return listening.map(InetSocketAddress::getPort).orElse(0);
    }
}
