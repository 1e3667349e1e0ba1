package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/** An event id in the least memory that gives it back letter for letter. */
sealed interface PackedEventId {
    /** Ids are cut to 512 characters at the door; what is read back may not be longer than that takes in UTF-8. */
    int MOST_BYTES = 2_048;

    /** Bits that say which kind follows. */
    int KIND_BITS = 2;

    int UUID_LENGTH = 36;

    /** The id as it came. */
    String text();

    void write(BitWriter out);

    long approximateBytes();

    /** A UUID in its usual form: lower-case hexadecimal with hyphens. */
    record Uuid(long high, long low) implements PackedEventId {
        static final int KIND = 0;

        @Override
        public String text() {
            return new UUID(high, low).toString();
        }

        @Override
        public void write(BitWriter out) {
            out.bits(KIND, KIND_BITS);
            out.bits(high, Long.SIZE);
            out.bits(low, Long.SIZE);
        }

        @Override
        public long approximateBytes() {
            return HeapSize.object(16);
        }
    }

    /** Lower-case hexadecimal, two digits a byte. */
    @SuppressWarnings("ArrayRecordComponent") // private to the package, and never compared
    record Hexadecimal(byte[] bytes) implements PackedEventId {
        static final int KIND = 1;

        @Override
        public String text() {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        public void write(BitWriter out) {
            out.bits(KIND, KIND_BITS);
            writeBytes(out, bytes);
        }

        @Override
        public long approximateBytes() {
            return HeapSize.object(4) + HeapSize.array(bytes.length, 1);
        }
    }

    /** Anything else. */
    record Other(String text) implements PackedEventId {
        static final int KIND = 2;

        @Override
        public void write(BitWriter out) {
            out.bits(KIND, KIND_BITS);
            writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public long approximateBytes() {
            return HeapSize.object(4) + HeapSize.object(12) + HeapSize.array(text.length(), 1);
        }
    }

    static PackedEventId of(String text) {
        boolean canonical = text.length() == UUID_LENGTH;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            boolean hyphen = canonical && (at == 8 || at == 13 || at == 18 || at == 23);
            if (hyphen ? letter != '-' : !isLowerCaseHex(letter)) {
                return new Other(text);
            }
        }
        if (canonical) {
            return new Uuid(
                    hex(text, 0, 8) << 32 | hex(text, 9, 13) << 16 | hex(text, 14, 18),
                    hex(text, 19, 23) << 48 | hex(text, 24, 36));
        }
        boolean packs = text.length() > 0 && text.length() % 2 == 0 && text.length() / 2 <= MOST_BYTES;
        return packs ? new Hexadecimal(HexFormat.of().parseHex(text)) : new Other(text);
    }

    private static boolean isLowerCaseHex(char letter) {
        return letter >= '0' && letter <= '9' || letter >= 'a' && letter <= 'f';
    }

    private static long hex(String text, int from, int to) {
        return HexFormat.fromHexDigitsToLong(text, from, to);
    }

    static PackedEventId read(BitReader in) {
        int kind = (int) in.bits(KIND_BITS);
        return switch (kind) {
            case Uuid.KIND -> new Uuid(in.bits(Long.SIZE), in.bits(Long.SIZE));
            case Hexadecimal.KIND -> new Hexadecimal(readBytes(in));
            case Other.KIND -> new Other(new String(readBytes(in), StandardCharsets.UTF_8));
            default -> throw new CorruptStateException("an event id of an unknown kind");
        };
    }

    private static void writeBytes(BitWriter out, byte[] bytes) {
        out.gamma(bytes.length);
        int at = 0;
        for (; at + Integer.BYTES <= bytes.length; at += Integer.BYTES) {
            out.bits(
                    bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF,
                    Integer.SIZE);
        }
        for (; at < bytes.length; at++) {
            out.bits(bytes[at], Byte.SIZE);
        }
    }

    private static byte[] readBytes(BitReader in) {
        byte[] bytes = new byte[in.gamma(MOST_BYTES)];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) in.bits(Byte.SIZE);
        }
        return bytes;
    }
}
