package io.stillwatch.sink;

import io.stillwatch.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * A checked address of a sink. A path may hold a secret, as chat services have it, so only kind and host are ever shown.
 *
 * @param uri as it is used
 */
record SinkAddress(URI uri) {
    private static final int ID_BYTES = 6;

    /** @throws IllegalArgumentException with a sentence for people */
    static SinkAddress webhook(String text, boolean insecure) {
        URI uri = parsed(text, "--webhook");
        String scheme = scheme(uri, Set.of("http", "https"), "--webhook");
        if (scheme.equals("http") && !insecure && !isLoopback(uri.getHost())) {
            throw new IllegalArgumentException("The webhook at " + host(uri)
                    + " would get alerts unencrypted; use https, or --webhook-insecure where the network is trusted.");
        }
        return new SinkAddress(uri);
    }

    /** @throws IllegalArgumentException with a sentence for people */
    static SinkAddress syslog(String text) {
        URI uri = parsed(text, "--syslog");
        scheme(uri, Set.of("udp", "tcp", "tls"), "--syslog");
        if (uri.getRawPath() != null && !uri.getRawPath().isEmpty() || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "A --syslog address is SCHEME://HOST:PORT and nothing after it, such as udp://siem.example:514.");
        }
        return new SinkAddress(uri);
    }

    private static URI parsed(String text, String option) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            // The exception quotes the address, which may hold a secret.
            throw new IllegalArgumentException("The address given with " + option
                    + " is no URL; it has a character at position " + e.getIndex() + " that no URL has.");
        }
        if (uri.getHost() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The address given with " + option + " is no URL with a host and without a fragment.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("The address given with " + option + " holds a user or a password, which"
                    + " a command line shows to everybody; leave it out.");
        }
        return uri;
    }

    private static String scheme(URI uri, Set<String> known, String option) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!known.contains(scheme)) {
            throw new IllegalArgumentException("The address given with " + option + " begins with '"
                    + Printable.identifier(scheme) + "'; it must be one of "
                    + String.join(", ", known.stream().sorted().toList()) + ".");
        }
        return scheme;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static String host(URI uri) {
        return Printable.identifier(uri.getHost()) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    String scheme() {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    String host() {
        return host(uri);
    }

    /** Tells addresses apart without showing them. */
    String id() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(uri.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
