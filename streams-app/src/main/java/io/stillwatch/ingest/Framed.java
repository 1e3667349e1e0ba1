package io.stillwatch.ingest;

import java.util.Arrays;
import java.util.Optional;

/** A piece of the input as {@link RecordFramer} cuts it. */
sealed interface Framed {

    /** Where the piece begins. */
    Position at();

    /** The bytes of one record, valid until the next one is asked for. */
    final class Whole implements Framed {
        private final byte[] bytes;
        private final int from;
        private final int length;
        private final Position at;
        private final Optional<String> cutOff;

        /** @param cutOff what is wrong with the input, where it broke off after these bytes */
        Whole(byte[] bytes, int from, int length, Position at, Optional<String> cutOff) {
            this.bytes = bytes;
            this.from = from;
            this.length = length;
            this.at = at;
            this.cutOff = cutOff;
        }

        byte[] bytes() {
            return bytes;
        }

        int from() {
            return from;
        }

        int length() {
            return length;
        }

        @Override
        public Position at() {
            return at;
        }

        Optional<String> cutOff() {
            return cutOff;
        }

        OriginalBytes original() {
            return OriginalBytes.of(bytes, from, length);
        }

        /** The same record with what is no UTF-8 in it replaced. */
        Whole repaired() {
            if (Utf8.indexOfMalformed(bytes, from, from + length) == from + length) {
                return this;
            }
            byte[] repaired = Utf8.repaired(bytes, from, length);
            return new Whole(repaired, 0, repaired.length, at, cutOff);
        }

        /** The same record in bytes of its own, at another place. */
        Whole copyAt(Position place) {
            return new Whole(Arrays.copyOfRange(bytes, from, from + length), 0, length, place, cutOff);
        }

        /** The same record in bytes of its own. */
        Whole copy() {
            return new Whole(Arrays.copyOfRange(bytes, from, from + length), 0, length, at, cutOff);
        }
    }

    /** A stretch that cannot be a record. */
    record Broken(Position at, String cause, OriginalBytes original) implements Framed {}
}
