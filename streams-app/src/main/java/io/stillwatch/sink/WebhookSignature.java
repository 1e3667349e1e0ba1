package io.stillwatch.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks by the Standard Webhooks specification: HMAC-SHA256 over id, time and body. With several secrets there
 * are several signatures, so that a secret can be changed without a gap.
 */
public final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_FILE_BYTES = 16_384;

    private final List<byte[]> secrets;

    private WebhookSignature(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /** No signature at all. */
    static WebhookSignature none() {
        return new WebhookSignature(List.of());
    }

    /**
     * Reads secrets off a file, one a line: {@code whsec_} and base64, or at least {@value #LEAST_BYTES} characters as
     * they are.
     *
     * @throws IllegalArgumentException with a sentence for people, which tells nothing of the secrets
     */
    public static WebhookSignature ofFile(Path file) {
        String text;
        try {
            if (Files.size(file) > MOST_FILE_BYTES) {
                throw new IllegalArgumentException("The secret file " + file + " is longer than a secret can be; give a"
                        + " file with a whsec_ secret on a line.");
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The secret file " + file + " cannot be read; give a readable text file.", e);
        }
        List<byte[]> secrets = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty()) {
                secrets.add(secret(line, file));
            }
        }
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("The secret file " + file + " is empty; put whsec_ and 24 to 64 random"
                    + " bytes in base64 into it.");
        }
        return new WebhookSignature(List.copyOf(secrets));
    }

    private static byte[] secret(String line, Path file) {
        byte[] secret;
        try {
            secret = line.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(line.substring(PREFIX.length()))
                    : line.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException(
                    "A secret in " + file + " begins with whsec_ but is no base64 after it.", notBase64);
        }
        if (secret.length < LEAST_BYTES) {
            throw new IllegalArgumentException("A secret in " + file + " has " + secret.length
                    + " bytes; it needs at least " + LEAST_BYTES + ", such as whsec_ and the output of 'openssl rand"
                    + " -base64 32'.");
        }
        return secret;
    }

    boolean signs() {
        return !secrets.isEmpty();
    }

    /** The value of the header {@code webhook-signature}. */
    String header(String id, long timestampSeconds, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(mac(secret, id, timestampSeconds, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] mac(byte[] secret, String id, long timestampSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256.", e);
        }
    }
}
