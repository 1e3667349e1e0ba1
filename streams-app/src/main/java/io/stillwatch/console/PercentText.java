package io.stillwatch.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text as it comes in paths and headers: percent-encoded UTF-8 (RFC 3986), or bytes of it, one a character. */
final class PercentText {
    private PercentText() {}

    /** Percent-decoded; null where that is not UTF-8, or something stands in it that had to be encoded. */
    static @Nullable String decoded(String text) {
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == '%') {
                int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
                int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes[size++] = (byte) (high << 4 | low);
                at += 2;
            } else if (unit < 0x80) {
                bytes[size++] = (byte) unit;
            } else {
                return null;
            }
        }
        return strict(bytes, size);
    }

    /** A header's value, which comes as one character a byte; null where it is not UTF-8. */
    static @Nullable String utf8(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (value.charAt(at) >= 0x80) {
                byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
                return strict(bytes, bytes.length);
            }
        }
        return value;
    }

    private static @Nullable String strict(byte[] bytes, int size) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, size))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
