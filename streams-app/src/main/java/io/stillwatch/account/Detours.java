package io.stillwatch.account;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * The partitions by which requests come round to the one where their account is. Each is in order by itself, but they are
 * read by different tasks, so what came by one can be days behind what came by another. Time waits for the slowest.
 *
 * <p>All partitions are expected as soon as one has sent something on. One is waited for no longer when nothing has come by
 * it for ten minutes, or while 100,000 requests came otherwise, as a log that is read again knows no minutes. An account
 * cannot choose its partition, nor say how it came.
 */
final class Detours {
    private static final int PATIENCE_SECONDS = 600;
    private static final long PATIENCE_REQUESTS = 100_000;

    /** Giving up is looked into once in so many requests. */
    private static final long LOOKED_INTO_EVERY = 1_000;

    /** A topic of more partitions is not waited for: whoever writes to it could make each commit as large as they like. */
    private static final int MOST_WAYS = 4_096;

    private final Map<Integer, Way> awaited = new TreeMap<>();

    /** Requests since something was expected first. */
    private long requests;

    /** Whether anything has come round since then. */
    private boolean heard;

    /** The oldest stamp since then; nothing before it has been missed. */
    private long oldestMs = Long.MAX_VALUE;

    private static final class Way {
        private final VouchedTime time = new VouchedTime();
        private long heardAt;
        private int quietSeconds;
    }

    /** Takes in that a request of the partition itself was sent on to come again, behind whatever lies there now. */
    void expect(Detour detour) {
        if (detour.partitions() > MOST_WAYS) {
            return;
        }
        if (awaited.isEmpty()) {
            expectAll(detour.partitions());
        }
        renew(detour.partition());
    }

    /** Takes in a request that came by a detour. */
    void come(Detour detour, String account, long timeMs) {
        if (detour.partitions() > MOST_WAYS) {
            return;
        }
        if (!heard) {
            heard = true;
            expectAll(detour.partitions());
        }
        renew(detour.partition()).time.observe(account, timeMs);
    }

    /** Takes in that a request has come, whichever way. */
    void observe(long timeMs) {
        if (isWaiting()) {
            requests++;
            oldestMs = Math.min(oldestMs, timeMs);
            if (requests % LOOKED_INTO_EVERY == 0) {
                giveUp();
            }
        }
    }

    /** Takes in that a second has passed for the reader; says whether somebody is waited for no longer. */
    boolean secondPassed() {
        awaited.values().forEach(way -> way.quietSeconds++);
        return giveUp();
    }

    private void expectAll(int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            renew(partition);
        }
    }

    private Way renew(int partition) {
        Way way = awaited.computeIfAbsent(partition, none -> new Way());
        way.heardAt = requests;
        way.quietSeconds = 0;
        return way;
    }

    private boolean giveUp() {
        boolean any = awaited.values()
                .removeIf(way -> way.quietSeconds >= PATIENCE_SECONDS || requests - way.heardAt >= PATIENCE_REQUESTS);
        if (any && awaited.isEmpty()) {
            clear();
        }
        return any;
    }

    void clear() {
        awaited.clear();
        requests = 0;
        heard = false;
        oldestMs = Long.MAX_VALUE;
    }

    boolean isWaiting() {
        return !awaited.isEmpty();
    }

    /** Whether somebody is waited for who has not said anything. */
    boolean isAnyUnheard() {
        if (isWaiting()) {
            for (Way way : awaited.values()) {
                if (!way.time.started()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How far the slowest has come, or the oldest stamp where somebody has not said; the end of time where nobody is waited for. */
    long slowestMs() {
        long slowestMs = Long.MAX_VALUE;
        if (!isWaiting()) {
            return slowestMs;
        }
        for (Way way : awaited.values()) {
            slowestMs = Math.min(slowestMs, way.time.started() ? way.time.nowMs() : oldestMs);
        }
        return slowestMs;
    }

    void write(StateWriter out) {
        out.writeUnsigned(requests);
        out.writeByte(heard ? 1 : 0);
        out.writeSigned(oldestMs);
        out.writeUnsigned(awaited.size());
        awaited.forEach((partition, way) -> {
            out.writeUnsigned(partition);
            out.writeUnsigned(way.heardAt);
            way.time.write(out);
        });
    }

    void read(StateReader in) {
        clear();
        requests = in.readUnsigned();
        heard = in.readByte() == 1;
        oldestMs = in.readSigned();
        int ways = in.readCount(MOST_WAYS);
        for (int i = 0; i < ways; i++) {
            Way way = new Way();
            awaited.put(Math.toIntExact(in.readUnsigned()), way);
            way.heardAt = in.readUnsigned();
            way.time.read(in);
        }
    }
}
