package io.stillwatch.topology;

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
 * when the value was written: see {@link PaneIndex}.
 */
final class StoreKeys {
    static final char DAY = 'D';
    static final char HOUR = 'H';
    static final char IDS = 'I';
    static final char TIMER = 'T';
    static final Bytes ORIGIN = Bytes.wrap(new byte[] {'W'});
    static final Bytes CLOCK = Bytes.wrap(new byte[] {'C'});
    static final Bytes LEDGER = Bytes.wrap(new byte[] {'L'});
    static final Bytes ORDERS = Bytes.wrap(new byte[] {'O'});
    static final Bytes ACTIVE = Bytes.wrap(new byte[] {'P'});
    static final Bytes LOOKED_WITH = Bytes.wrap(new byte[] {'S'});

    /** Greater than the key of any account's record. */
    static final Bytes PAST_ACCOUNTS = Bytes.wrap(new byte[] {'A' + 1});

    private static final int CHUNK_BITS = 16;

    private StoreKeys() {}

    static Bytes account(String account) {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + name.length).put((byte) 'A').put(name).array());
    }

    static Bytes hourPane(long shelf, long hour, String account) {
        return timed(HOUR, shelf, hour, account);
    }

    static Bytes dayPane(long shelf, long day, String account) {
        return timed(DAY, shelf, day, account);
    }

    static Bytes ids(long shelf, long hour, int chunk, String account) {
        return timed(IDS, shelf, hour << CHUNK_BITS | chunk, account);
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
