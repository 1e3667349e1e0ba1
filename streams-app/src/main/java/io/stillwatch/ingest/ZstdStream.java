package io.stillwatch.ingest;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads Zstandard with any number of frames; damage is told apart from a failing device. */
final class ZstdStream extends FilterInputStream {
    ZstdStream(InputStream in) throws IOException {
        super(new ZstdInputStream(in));
    }

    @Override
    public int read() throws IOException {
        return SingleByte.of(this);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        try {
            return super.read(target, from, length);
        } catch (ZstdIOException e) {
            throw new CorruptInputException("the zstd data is damaged or ends in the middle");
        }
    }
}
