package io.stillwatch.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The delay of a decision: evenly distributed, always the same for an account and an alert, and unknown to whoever does not
 * have the secret.
 */
final class DelayDraw {
    private static final String ALGORITHM = "HmacSHA256";

    private final Policy.Delay range;
    private final SecretKeySpec secret;

    DelayDraw(Policy.Delay range, byte[] secret) {
        this.range = range;
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Milliseconds within the range, ends included. */
    long delayMs(String account, String alertId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(account.getBytes(StandardCharsets.UTF_8));
            // No account id in UTF-8 has this byte, so no two pairs give the same bytes.
            mac.update((byte) 0xFF);
            long drawn = ByteBuffer.wrap(mac.doFinal(alertId.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
            long leastMs = range.least().toMillis();
            return leastMs + Math.floorMod(drawn, range.most().toMillis() - leastMs + 1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
        }
    }
}
