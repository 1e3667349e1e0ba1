package io.stillwatch.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Expands bodies no further than there is room. */
final class Body {
    private static final int STEP = 64 << 10;

    private Body() {}

    /** A body that is not taken, with the status that says so. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status, String sentence) {
            super(sentence);
            this.status = status;
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }

        int status() {
            return status;
        }
    }

    /**
     * The body as it was before it was compressed.
     *
     * @param share grows with it
     * @throws Refused where it is damaged, longer than the limit, or more than there is room for now
     */
    static byte[] expanded(byte[] body, boolean gzip, int longest, HeldBytes.Share share) throws Refused {
        if (!gzip) {
            return body;
        }
        ByteArrayOutputStream expanded = new ByteArrayOutputStream(Math.min(longest, 4 * body.length + STEP));
        byte[] step = new byte[STEP];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), STEP)) {
            for (int read = in.read(step); read >= 0; read = in.read(step)) {
                if (expanded.size() + read > longest) {
                    throw new Refused(
                            413, "The body expands to more than " + longest + " bytes; send smaller batches.");
                }
                if (!share.grow(read)) {
                    throw new Refused(429, "Too much is being taken in; send it again later.");
                }
                expanded.write(step, 0, read);
            }
        } catch (IOException e) {
            throw new Refused(400, "The body is no sound gzip.");
        }
        return expanded.toByteArray();
    }
}
