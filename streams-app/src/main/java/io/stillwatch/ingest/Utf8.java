package io.stillwatch.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Fast looks at bytes that should be UTF-8 text. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long NEWLINES = '\n' * LOW_BITS;

    private Utf8() {}

    /** Index of the first line feed in {@code [from, to)}, or {@code to} if there is none. */
    static int indexOfNewline(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            // A byte of the difference is zero exactly where the word holds a line feed; the lowest bit set marks it.
            long difference = (long) LONGS.get(bytes, at) ^ NEWLINES;
            long zeroes = (difference - LOW_BITS) & ~difference & HIGH_BITS;
            if (zeroes != 0) {
                return at + (Long.numberOfTrailingZeros(zeroes) >>> 3);
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /**
     * Index of the first byte in {@code [from, to)} that does not belong to well-formed UTF-8 (Unicode 15, table 3-7:
     * no overlong forms, no surrogates, nothing above U+10FFFF, nothing cut off), or {@code to} if all is well.
     */
    static int indexOfMalformed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            while (at + Long.BYTES <= to && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
            }
            if (at == to) {
                break;
            }
            int length = sequenceLength(bytes, at, to);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return to;
    }

    private static int sequenceLength(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xff;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (lead < 0xc2 || lead > 0xf4 || at + length > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int index = at + 2; index < at + length; index++) {
            if ((bytes[index] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /**
     * The text with each unpaired surrogate replaced by U+FFFD. JSON can write halves of a character as an escape, and
     * logs that cut texts do; UTF-8, and so Avro and Kafka, cannot carry them.
     */
    static String encodable(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                return repaired(text, at);
            }
        }
        return text;
    }

    /** The bytes with each malformed sequence replaced by U+FFFD, as Go's and JavaScript's parsers do. */
    static byte[] repaired(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static String repaired(String text, int firstSurrogate) {
        StringBuilder repaired = new StringBuilder(text.length()).append(text, 0, firstSurrogate);
        int at = firstSurrogate;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            boolean unpaired = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            repaired.appendCodePoint(unpaired ? 0xfffd : character);
        }
        return repaired.toString();
    }
}
