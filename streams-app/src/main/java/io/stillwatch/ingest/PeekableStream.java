package io.stillwatch.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Shows its next bytes before they are read, and repeats damage once met, whoever meets it first. */
final class PeekableStream extends FilterInputStream {
    private byte[] peeked = new byte[0];
    private Optional<CorruptInputException> damage = Optional.empty();

    PeekableStream(InputStream in) {
        super(in);
    }

    /** The next bytes, left in the stream: as many as asked for, fewer before the end or before damage. */
    byte[] peek(int count) throws IOException {
        while (peeked.length < count) {
            byte[] more = new byte[count - peeked.length];
            int read;
            try {
                read = readOn(more, 0, more.length);
            } catch (CorruptInputException e) {
                break;
            }
            if (read < 0) {
                break;
            }
            int length = peeked.length;
            peeked = Arrays.copyOf(peeked, length + read);
            System.arraycopy(more, 0, peeked, length, read);
        }
        return peeked.clone();
    }

    @Override
    public int read() throws IOException {
        return SingleByte.of(this);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (peeked.length == 0) {
            return readOn(target, from, length);
        }
        int taken = Math.min(length, peeked.length);
        System.arraycopy(peeked, 0, target, from, taken);
        peeked = Arrays.copyOfRange(peeked, taken, peeked.length);
        return taken;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int readOn(byte[] target, int from, int length) throws IOException {
        if (damage.isPresent()) {
            throw damage.get();
        }
        try {
            return super.read(target, from, length);
        } catch (CorruptInputException e) {
            damage = Optional.of(e);
            throw e;
        }
    }
}
