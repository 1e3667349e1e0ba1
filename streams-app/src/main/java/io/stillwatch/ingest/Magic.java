package io.stillwatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the first bytes of an input say about it; names and extensions are never asked. */
final class Magic {
    private static final int LONGEST = 6;
    private static final byte[] GZIP = bytes("1f8b");
    private static final byte[] ZSTD = bytes("28b52ffd");
    private static final byte[] ZSTD_SKIPPABLE_TAIL = bytes("2a4d18");
    private static final byte[] AVRO = bytes("4f626a01");
    private static final byte[] UTF8_MARK = bytes("efbbbf");

    /** Kinds of file people take for logs, with what to do about it. */
    private static final List<Foreign> FOREIGN = List.of(
            new Foreign("504b0304", "is a zip archive; unpack it first"),
            new Foreign("fd377a585a00", "is compressed with xz; unpack it first, or pipe xz -dc into -"),
            new Foreign("425a68", "is compressed with bzip2; unpack it first, or pipe bzip2 -dc into -"),
            new Foreign(
                    "50415231",
                    "is a Parquet file; read it with --sql, such as \"SELECT * FROM read_parquet('FILE')\""),
            new Foreign("fffe", "is UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"),
            new Foreign("feff", "is UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"));

    private record Foreign(String startHex, String advice) {}

    private Magic() {}

    /** The content with its compression, if it has one, taken off. */
    static PeekableStream decompressed(InputStream in) throws IOException {
        PeekableStream raw = new PeekableStream(in);
        byte[] start = raw.peek(LONGEST);
        if (startsWith(start, GZIP)) {
            CountingStream packed = new CountingStream(raw);
            return new PeekableStream(new BoundedExpansion(packed, new GzipStream(packed)));
        }
        if (startsWith(start, ZSTD) || isZstdSkippable(start)) {
            CountingStream packed = new CountingStream(raw);
            return new PeekableStream(new BoundedExpansion(packed, new ZstdStream(packed)));
        }
        return raw;
    }

    /** What is wrong with content that starts like this and what to do, empty if nothing is known against it. */
    static Optional<String> foreign(PeekableStream stream) throws IOException {
        byte[] content = stream.peek(LONGEST);
        return FOREIGN.stream()
                .filter(kind -> startsWith(content, bytes(kind.startHex)))
                .map(Foreign::advice)
                .findFirst();
    }

    static boolean isAvro(PeekableStream content) throws IOException {
        return startsWith(content.peek(LONGEST), AVRO);
    }

    static void skipByteOrderMark(PeekableStream content) throws IOException {
        if (startsWith(content.peek(LONGEST), UTF8_MARK)) {
            content.skipNBytes(UTF8_MARK.length);
        }
    }

    private static boolean isZstdSkippable(byte[] start) {
        return start.length >= 4
                && (start[0] & 0xf0) == 0x50
                && start[1] == ZSTD_SKIPPABLE_TAIL[0]
                && start[2] == ZSTD_SKIPPABLE_TAIL[1]
                && start[3] == ZSTD_SKIPPABLE_TAIL[2];
    }

    /** Whether a compressed stream begins at the index. */
    static boolean isCompressed(byte[] bytes, int from) {
        byte[] start = Arrays.copyOfRange(bytes, from, bytes.length);
        return startsWith(start, GZIP) || startsWith(start, ZSTD);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
