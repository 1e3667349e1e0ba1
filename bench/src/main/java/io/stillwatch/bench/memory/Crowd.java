package io.stillwatch.bench.memory;

import io.stillwatch.bench.load.AccountChoice;
import io.stillwatch.bench.load.Traffic;
import io.stillwatch.schema.RequestEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Who sends what, and what must have been counted of it in the end.
 *
 * <p>Every account sends a few requests, with all the others' in between, so that it has left the cache by the time it
 * comes again. Then a sample of accounts returns with many requests, enough that a snapshot of their profile is published,
 * so what the snapshot says includes what lay in the state store. Last, time moves on, so that their panes close.
 *
 * @param accounts count
 * @param requests of each account
 * @param returning accounts that return, spread evenly over all
 */
record Crowd(int accounts, int requests, int returning) {
    private static final Instant START = Instant.parse("2026-06-01T00:10:00Z");
    private static final Duration TURN = Duration.ofMinutes(100);
    private static final int REQUESTS_ON_RETURN = 18;
    private static final int CLOCKS = 64;
    private static final int PROMPT_CHARACTERS = 80;

    /** Prime and larger than the accounts, so that stepping by it visits each of them once. */
    private static final long STRIDE = 2_147_483_647L;

    /** All events. */
    long events() {
        return (long) accounts * requests + (long) returning * REQUESTS_ON_RETURN + 2L * CLOCKS;
    }

    /** Whether an account returns. */
    boolean returns(int account) {
        return returning > 0 && account % (accounts / returning) == 0 && account / (accounts / returning) < returning;
    }

    /** Requests that a snapshot of an account that returned must show. */
    long requestsOfReturning() {
        return (long) requests + REQUESTS_ON_RETURN;
    }

    /** Makes all events in the order of their time. */
    void send(Consumer<RequestEvent> to) {
        Instant time = START;
        for (int turn = 0; turn < requests; turn++) {
            make("turn" + turn, time, accounts, index -> (int) (index * STRIDE % accounts), to);
            time = time.plus(TURN);
        }
        int every = returning == 0 ? 1 : accounts / returning;
        make("back", time, (long) returning * REQUESTS_ON_RETURN, index -> (int) (index % returning) * every, to);
        // More than an hour on; twice, as time has come only when a second account says so.
        make("end", time.plus(TURN).plus(TURN), CLOCKS, index -> accounts + (int) index, to);
        make("end2", time.plus(TURN).plus(TURN).plus(TURN), CLOCKS, index -> accounts + (int) index, to);
    }

    private interface Which {
        int account(long index);
    }

    private static void make(String name, Instant start, long count, Which which, Consumer<RequestEvent> to) {
        long[] next = {0};
        AccountChoice inOrder = random -> which.account(next[0]++);
        Traffic traffic = new Traffic(
                inOrder, PROMPT_CHARACTERS, start.toEpochMilli(), TURN.toMillis() / (double) Math.max(1, count));
        for (long sent = 0; sent < count; sent++) {
            RequestEvent event = traffic.next();
            event.setEventId(name + "-" + sent);
            to.accept(event);
        }
    }

    /** Ids of the accounts that return. */
    List<String> returningIds() {
        return IntStream.range(0, accounts)
                .filter(this::returns)
                .mapToObj(Traffic::accountId)
                .toList();
    }
}
