package io.stillwatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip (RFC 1952) with any number of members, giving out every byte that can be decoded before it reports damage.
 *
 * <p>The platform's reader ends early, without a word, where a further member has not arrived yet on a pipe or has a
 * broken header; commons-compress drops what it decoded in the call that meets the end of a cut file. Both would lose
 * events.
 */
final class GzipStream extends InputStream {
    private static final int FLAG_HEADER_CHECKSUM = 0x02;
    private static final int FLAG_EXTRA = 0x04;
    private static final int FLAG_NAME = 0x08;
    private static final int FLAG_COMMENT = 0x10;
    private static final int DEFLATE = 8;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private State state = State.FIRST_HEADER;

    private enum State {
        FIRST_HEADER,
        FURTHER_HEADER,
        DATA,
        END
    }

    GzipStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return SingleByte.of(this);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (state != State.END) {
            if (state != State.DATA) {
                state = nextMember() ? State.DATA : State.END;
                continue;
            }
            int inflated = inflate(target, from, length);
            if (inflated > 0) {
                checksum.update(target, from, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                checkTrailer();
                state = State.FURTHER_HEADER;
            } else if (inflater.needsDictionary()) {
                throw new CorruptInputException("the gzip data is damaged");
            } else {
                if (!fill()) {
                    throw cutOff();
                }
                inflater.setInput(buffer, 0, limit);
                position = limit;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] target, int from, int length) throws CorruptInputException {
        try {
            return inflater.inflate(target, from, length);
        } catch (DataFormatException e) {
            throw new CorruptInputException("the gzip data is damaged");
        }
    }

    /** Reads the header of the next member; false at the end, which zero padding may follow. */
    private boolean nextMember() throws IOException {
        int first = next();
        if (state == State.FURTHER_HEADER) {
            while (first == 0) {
                first = next();
            }
            if (first < 0) {
                return false;
            }
        }
        if (first != 0x1f || required() != 0x8b || required() != DEFLATE) {
            throw new CorruptInputException(
                    state == State.FURTHER_HEADER
                            ? "something that is not gzip follows the gzip data"
                            : "the gzip data is damaged");
        }
        int flags = required();
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(required() | required() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        checksum.reset();
        return true;
    }

    private void checkTrailer() throws IOException {
        long expectedChecksum = littleEndian();
        long expectedLength = littleEndian();
        if (expectedChecksum != checksum.getValue() || expectedLength != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new CorruptInputException("the gzip checksum does not match, so something before is damaged");
        }
    }

    private long littleEndian() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= (long) required() << shift;
        }
        return value;
    }

    private void skip(int count) throws IOException {
        for (int skipped = 0; skipped < count; skipped++) {
            required();
        }
    }

    private void skipText() throws IOException {
        int read = required();
        while (read != 0) {
            read = required();
        }
    }

    private int required() throws IOException {
        int read = next();
        if (read < 0) {
            throw cutOff();
        }
        return read;
    }

    private int next() throws IOException {
        return position < limit || fill() ? buffer[position++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private static CorruptInputException cutOff() {
        return new CorruptInputException("the gzip data ends in the middle, so the file is cut off");
    }
}
