package io.stillwatch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Inputs for readers of what others wrote: broken samples, as many as are asked for. */
public final class Fuzz {
    /** How many inputs are tried over all readers; {@code -Dstillwatch.fuzz=1000000} for a night. */
    private static final int INPUTS = Integer.getInteger("stillwatch.fuzz", 11_000);

    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\\",
            "\\u",
            "\\ud800",
            "\n",
            "\0",
            "null",
            "NaN",
            "-",
            "1e999",
            "0x",
            "{}",
            "[]",
            "\u202e",
            "\ufeff",
            "1790000000",
            "-1",
            "true",
            "9".repeat(30),
            "[".repeat(2_000),
            "\"\":");

    private Fuzz() {}

    /** A share of all inputs; count. */
    public static int inputs(double share) {
        return (int) Math.ceil(INPUTS * share);
    }

    /** Counts what is tried of one kind of reader and says it. */
    public static final class Tally {
        private final String readers;
        private final AtomicLong tried = new AtomicLong();

        public Tally(String readers) {
            this.readers = readers;
        }

        public void add() {
            tried.incrementAndGet();
        }

        /** Prints how many were tried. */
        public void tell() {
            System.out.println("Fuzzing of " + readers + " read " + tried.get() + " inputs.");
        }
    }

    /** The bytes with parts taken out, put in, doubled, changed or cut off. */
    public static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed;
        for (int mutation = random.nextInt(4); mutation >= 0; mutation--) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(bytes.length - at, random.nextInt(1 + random.nextInt(60)));
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] tail = Arrays.copyOfRange(bytes, at + length, bytes.length);
            bytes = switch (random.nextInt(5)) {
                case 0 -> joined(head, tail);
                case 1 -> joined(head, utf8(TOKENS.get(random.nextInt(TOKENS.size()))), tail);
                case 2 ->
                    joined(
                            head,
                            Arrays.copyOfRange(bytes, at, at + length),
                            Arrays.copyOfRange(bytes, at, bytes.length));
                case 3 -> at < bytes.length ? flipped(bytes, at, random) : bytes;
                default -> random.nextInt(6) == 0 ? head : bytes;
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        byte[] flipped = bytes.clone();
        flipped[at] = (byte) random.nextInt(256);
        return flipped;
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
