package io.stillwatch.ingest;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Trace and span ids: hexadecimal digits in OTLP/JSON, base64 where a general JSON writer for protobuf wrote them. */
final class OtlpIds {
    private OtlpIds() {}

    /** The id in lower-case hexadecimal digits, empty where there is none. */
    static String of(@Nullable String text, int bytes) {
        if (text == null || isZero(text)) {
            return "";
        }
        boolean hex = text.length() == 2 * bytes && isHex(text);
        if (!hex) {
            try {
                byte[] decoded = Base64.getDecoder().decode(text);
                if (decoded.length == bytes) {
                    return of(decoded);
                }
            } catch (IllegalArgumentException e) {
                return EventBounds.shortened(text);
            }
        }
        return hex ? text.toLowerCase(Locale.ROOT) : EventBounds.shortened(text);
    }

    static String of(byte[] id) {
        String hex = HexFormat.of().formatHex(id, 0, Math.min(id.length, 32));
        return isZero(hex) ? "" : hex;
    }

    private static boolean isZero(String digits) {
        for (int at = 0; at < digits.length(); at++) {
            if (digits.charAt(at) != '0') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String digits) {
        for (int at = 0; at < digits.length(); at++) {
            char digit = digits.charAt(at);
            boolean hex =
                    (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
            if (!hex) {
                return false;
            }
        }
        return true;
    }
}
