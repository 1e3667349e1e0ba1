package io.stillwatch.account;

import java.util.List;
import java.util.Optional;

/**
 * Where the closed panes of a partition's accounts lie, and event ids: by the partition's time at which they were put
 * there, so that what expires lies together and is dropped in one go, whatever the stamps say.
 */
public interface PaneShelf {
    /** What lies in a place. */
    enum Kind {
        /** Pane of an hour; its shelf and number are hours since 1970. */
        HOUR,
        /** Pane of a day; its shelf and number are days since 1970. */
        DAY,
        /** Chunk of an hour's event ids; its shelf is an hour since 1970. */
        IDS
    }

    /**
     * Where one thing lies.
     *
     * @param shelf the partition's time when it was put there first, in the kind's unit
     * @param number the pane's own time, or the hour of ids and the chunk: see {@link #ids}
     */
    record Place(Kind kind, long shelf, long number, String account) {
        private static final int CHUNK_BITS = 16;

        static Place hour(long shelf, long hour, String account) {
            return new Place(Kind.HOUR, shelf, hour, account);
        }

        static Place day(long shelf, long day, String account) {
            return new Place(Kind.DAY, shelf, day, account);
        }

        /** The place of a chunk of ids: its number is the hour, and in the low 16 bits the chunk. */
        static Place ids(long shelf, long hour, int chunk, String account) {
            return new Place(Kind.IDS, shelf, hour << CHUNK_BITS | chunk, account);
        }
    }

    /** What lies in a place. */
    Optional<byte[]> get(Place place);

    /** Several at once; in the order of the places, null where there is none. */
    List<byte[]> getAll(List<Place> places);

    /** Puts something into a place, instead of what lies there. */
    void put(Place place, byte[] value);

    /**
     * Drops everything of a kind from the shelves before a time, of all accounts.
     *
     * @param shelf in the kind's unit; exclusive
     */
    void dropBefore(Kind kind, long shelf);
}
