package io.stillwatch.sink;

import io.stillwatch.alert.cef.CefEvent;
import io.stillwatch.schema.Alert;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An alert as a syslog message (RFC 5424) that carries a line of CEF. Without the byte order mark that RFC 5424 allows
 * before UTF-8: those who look for {@code CEF:} would not find it behind one.
 */
final class SyslogMessage {
    /** Local use 0. */
    private static final int FACILITY = 16;

    private static final int HOST_LIMIT = 255;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final CefEvent format;
    private final String host;

    SyslogMessage(String productVersion, String host) {
        this.format = new CefEvent(productVersion);
        String plain = host.replaceAll("[^\\x21-\\x7e]", "");
        this.host = plain.isEmpty() ? "-" : plain.substring(0, Math.min(HOST_LIMIT, plain.length()));
    }

    static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    byte[] bytes(Alert alert) {
        String message = "<" + (FACILITY * 8 + severity(alert.getSeverity())) + ">1 " + time(alert.getTime()) + " "
                + host + " stillwatch - " + alert.getState() + " - " + format.line(alert);
        return message.getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 5424 has four digits for a year; what lies beyond has no time, which it writes as a hyphen. */
    private static String time(long timeMs) {
        try {
            Instant instant = Instant.ofEpochMilli(timeMs);
            int year = instant.atZone(ZoneOffset.UTC).getYear();
            return year < 0 || year > 9999 ? "-" : TIME.format(instant);
        } catch (DateTimeException e) {
            return "-";
        }
    }

    private static int severity(String severity) {
        return switch (severity) {
            case "critical" -> 2;
            case "high" -> 3;
            case "medium" -> 4;
            case "low" -> 5;
            default -> 6;
        };
    }
}
