package io.stillwatch.replay.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The report's style sheet and the policy that allows this sheet and nothing else: no script, no request to anywhere.
 *
 * @param text the sheet, as it stands in the report
 */
record StyleSheet(String text) {
    /** The report's own sheet. */
    static StyleSheet load() {
        return load("report.css");
    }

    /** Several sheets as one, in that order. */
    static StyleSheet load(String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(read(name));
        }
        return new StyleSheet(text.toString());
    }

    private static String read(String name) {
        try (InputStream sheet = StyleSheet.class.getResourceAsStream(name)) {
            if (sheet == null) {
                throw new IllegalStateException("This build lacks the report's style sheet, " + name + ".");
            }
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String contentSecurityPolicy() {
        return "default-src 'none'; style-src 'sha256-" + digest() + "'; base-uri 'none'; form-action 'none'";
    }

    private String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java release has SHA-256.", e);
        }
    }
}
