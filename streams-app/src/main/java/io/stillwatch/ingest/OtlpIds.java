package io.stillwatch.ingest;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Trace and span ids: hexadecimal digits in OTLP/JSON, base64 where a general JSON writer for protobuf wrote them. */
final class OtlpIds {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,64}");
    private static final Pattern ZEROES = Pattern.compile("0*");

    private OtlpIds() {}

    /** The id in lower-case hexadecimal digits, empty where there is none. */
    static String of(@Nullable String text, int bytes) {
        if (text == null || ZEROES.matcher(text).matches()) {
            return "";
        }
        boolean hex = text.length() == 2 * bytes && HEX.matcher(text).matches();
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
        return ZEROES.matcher(hex).matches() ? "" : hex;
    }
}
