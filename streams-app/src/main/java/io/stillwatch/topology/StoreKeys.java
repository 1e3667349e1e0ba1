package io.stillwatch.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the pane store. One byte says what the value is; times come before accounts, so what expires together lies
 * together.
 *
 * <pre>
 *  'A' account                  account state
 *  'C'                          partition clock
 *  'P' hour (8 bytes) account   pane: a profile
 *  'S' hour (8 bytes) account   event ids seen
 *  'T' minute (8 bytes) account timer; empty value
 * </pre>
 *
 * <p>Times are big-endian with the sign bit flipped, so they sort; accounts are UTF-8.
 */
final class StoreKeys {
    private StoreKeys() {}

    static final Bytes CLOCK = Bytes.wrap(new byte[] {'C'});

    static Bytes account(String account) {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + name.length).put((byte) 'A').put(name).array());
    }

    static Bytes pane(long hour, String account) {
        return timed('P', hour, account);
    }

    static Bytes seen(long hour, String account) {
        return timed('S', hour, account);
    }

    static Bytes timer(long minute, String account) {
        return timed('T', minute, account);
    }

    /** The smallest key of a kind at a time. */
    static Bytes bound(char kind, long time) {
        return timed(kind, time, "");
    }

    /** The account of a key that has a time. */
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
}
