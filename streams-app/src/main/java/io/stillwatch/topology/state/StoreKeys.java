package io.stillwatch.topology.state;

import io.stillwatch.account.PaneShelf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the two stores. One byte says what the value is; times come before accounts, so what expires together lies
 * together.
 *
 * <pre>
 *  account store
 *  'A' account                        account record: state, newest pane, newest event ids
 *  'C'                                partition clock
 *  'F'                                number of the state's format
 *  'L'                                loss ledger by source
 *  'O'                                how far analysts' orders have been taken
 *  'P'                                active accounts by day
 *  'S'                                signatures and entries of the allowlist that all accounts have been looked at
 *                                     with, by revision
 *  'T' minute (8 bytes) account       timer; empty value
 *  'W'                                where the state comes from: see {@link StateOrigin}
 *
 *  pane store
 *  'D' shelf day  (8 bytes) day  (8 bytes) account                  day pane: a profile
 *  'H' shelf hour (8 bytes) hour (8 bytes) account                  hour pane: a profile
 *  'I' shelf hour (8 bytes) hour and chunk (8 bytes) account        event ids seen: a chunk of them
 * </pre>
 *
 * <p>Numbers are big-endian with the sign bit flipped, so they sort; accounts are UTF-8. A shelf is the partition's time
 * when the value was written: see {@link PaneShelf}.
 */
public final class StoreKeys {
    static final char TIMER = 'T';
    public static final Bytes ORIGIN = Bytes.wrap(new byte[] {'W'});
    static final Bytes CLOCK = Bytes.wrap(new byte[] {'C'});
    static final Bytes FORMAT = Bytes.wrap(new byte[] {'F'});
    static final Bytes LEDGER = Bytes.wrap(new byte[] {'L'});
    static final Bytes ORDERS = Bytes.wrap(new byte[] {'O'});
    static final Bytes ACTIVE = Bytes.wrap(new byte[] {'P'});
    static final Bytes LOOKED_WITH = Bytes.wrap(new byte[] {'S'});

    /** Greater than the key of any account's record. */
    static final Bytes PAST_ACCOUNTS = Bytes.wrap(new byte[] {'A' + 1});

    private StoreKeys() {}

    static Bytes account(String account) {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + name.length).put((byte) 'A').put(name).array());
    }

    static Bytes place(PaneShelf.Place place) {
        return timed(letter(place.kind()), place.shelf(), place.number(), place.account());
    }

    private static char letter(PaneShelf.Kind kind) {
        return switch (kind) {
            case HOUR -> 'H';
            case DAY -> 'D';
            case IDS -> 'I';
        };
    }

    /** The smallest key of a kind of places from a shelf on. */
    static Bytes bound(PaneShelf.Kind kind, long shelf) {
        return bound(letter(kind), shelf);
    }

    static Bytes timer(long minute, String account) {
        return timed(TIMER, minute, account);
    }

    /** The smallest key of a kind at a time. */
    static Bytes bound(char kind, long time) {
        return timed(kind, time, "");
    }

    /** The account of an account record's key. */
    static String accountOfRecord(Bytes key) {
        byte[] bytes = key.get();
        return new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    }

    /** The account of a timer's key. */
    static String accountOf(Bytes key) {
        byte[] bytes = key.get();
        return new String(bytes, 9, bytes.length - 9, StandardCharsets.UTF_8);
    }

    /** The minute of a timer's key. */
    static long timeOf(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1) ^ Long.MIN_VALUE;
    }

    private static Bytes timed(char kind, long time, String account) {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(9 + name.length)
                .put((byte) kind)
                .putLong(time ^ Long.MIN_VALUE)
                .put(name)
                .array());
    }

    private static Bytes timed(char kind, long shelf, long number, String account) {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(17 + name.length)
                .put((byte) kind)
                .putLong(shelf ^ Long.MIN_VALUE)
                .putLong(number ^ Long.MIN_VALUE)
                .put(name)
                .array());
    }
}
