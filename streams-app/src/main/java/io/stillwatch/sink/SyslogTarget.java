package io.stillwatch.sink;

import io.stillwatch.schema.Alert;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/**
 * Sends alerts as syslog: a datagram each, or over one TCP or TLS connection with a count of octets before each message
 * (RFC 6587, RFC 5425).
 *
 * <p>Syslog has no answer. A datagram that is lost is lost; over TCP an alert counts as delivered when the connection has
 * taken it, so what was on its way when a receiver died is lost as well. A webhook is the sink that loses nothing.
 */
public final class SyslogTarget implements Target {
    private final SinkAddress address;
    private final SyslogMessage message;
    private final SyslogWire wire;

    private SyslogTarget(SinkAddress address, SyslogMessage message, SyslogWire wire) {
        this.address = address;
        this.message = message;
        this.wire = wire;
    }

    /**
     * A target for an address.
     *
     * @param address {@code udp://HOST:PORT}, {@code tcp://HOST:PORT} or {@code tls://HOST:PORT}
     * @throws IllegalArgumentException with a sentence for people, where the address cannot be used
     */
    public static SyslogTarget of(String address, String productVersion) {
        SinkAddress checked = SinkAddress.syslog(address);
        String host = checked.uri().getHost().replaceAll("^\\[|]$", "");
        int given = checked.uri().getPort();
        SyslogWire wire = switch (checked.scheme()) {
            case "udp" -> new SyslogWire.Datagrams(host, given < 0 ? 514 : given);
            case "tcp" -> new SyslogWire.Stream(host, given < 0 ? 601 : given, false);
            default -> new SyslogWire.Stream(host, given < 0 ? 6514 : given, true);
        };
        return new SyslogTarget(checked, new SyslogMessage(productVersion, SyslogMessage.localHost()), wire);
    }

    @Override
    public String description() {
        return "syslog (" + address.scheme().toUpperCase(Locale.ROOT) + ") at " + address.host();
    }

    @Override
    public String id() {
        return "syslog-" + address.id();
    }

    @Override
    public void deliver(Alert alert, Instant now) throws DeliveryException {
        try {
            wire.send(message.bytes(alert));
        } catch (IOException e) {
            wire.close();
            throw DeliveryException.passing("The " + description() + " cannot be reached: "
                    + e.getClass().getSimpleName() + ".");
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
