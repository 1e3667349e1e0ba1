package io.stillwatch.account;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Objects;
import java.util.Optional;

/**
 * The number of the format in which everything in the stores is written. It is kept with each store, and counts up with any
 * change of their bytes; a store of another number is not read, but refused.
 */
public final class StateFormat {
    /** The format that this release reads and writes. */
    public static final int NUMBER = 7;

    private StateFormat() {}

    /** A store was written by a release with another format; the message says what to do, and what that costs. */
    public static final class OtherFormatException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private OtherFormatException(String written) {
            super("The state was written in " + written + ", and this release reads format " + NUMBER
                    + " only: run 'stillwatch reset --rebuild-from fingerprints', which makes it anew from the topics"
                    + " fingerprints and alerts. That takes as long as reading them, and what is older than those topics"
                    + " is forgotten. Or run the release that wrote it.");
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    /**
     * Makes sure that a store is of this format.
     *
     * @param number as it is stored; empty where none is
     * @param isEmpty whether the store has nothing at all
     * @return the bytes to store with the first thing that is stored, if the store has no number yet
     * @throws OtherFormatException when it is of another
     */
    public static Optional<byte[]> check(Optional<byte[]> number, boolean isEmpty) {
        if (number.isEmpty()) {
            if (!isEmpty) {
                throw new OtherFormatException("a format from before formats had numbers");
            }
            StateWriter out = new StateWriter();
            out.writeUnsigned(NUMBER);
            return Optional.of(out.toByteArray());
        }
        long written = new StateReader(number.get()).readUnsigned();
        if (written != NUMBER) {
            throw new OtherFormatException("format " + written);
        }
        return Optional.empty();
    }
}
