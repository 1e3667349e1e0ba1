package io.stillwatch.topology.account;

import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.AccountState;
import io.stillwatch.account.AccountWindows;
import io.stillwatch.account.EventTime;
import io.stillwatch.account.PartitionClock;
import io.stillwatch.campaign.LinkKey;
import io.stillwatch.campaign.SourceClocks;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.schema.AccountLinks;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.state.AccountStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells what accounts share with others, and how far a partition's time has come: all that campaigns are found by.
 *
 * <p>An account is told of when its requests reach 6, when they have grown two and a half fold since, and when its pane
 * closes with 3 at least and they have grown by half: a few records an account, not one a request.
 */
final class LinkReport {
    private static final Duration WINDOW = Duration.ofDays(30);
    private static final long MINUTES_A_TICK = 10;
    private static final long LEAST = 6;
    private static final long LEAST_AT_CLOSE = 3;
    private static final int ROUNDS_TO_REST = 5;
    private static final double GROWTH = 2.5;
    private static final double GROWTH_AT_CLOSE = 1.5;

    private final ProcessorContext<String, Object> context;
    private final String node;
    private final AccountStore store;
    private long toldTick = Long.MIN_VALUE;
    private boolean toldVouched;
    private int quietRounds;
    private boolean resting;

    LinkReport(ProcessorContext<String, Object> context, String node, AccountStore store) {
        this.context = context;
        this.node = node;
        this.store = store;
    }

    /** Whether an account that has made a request has grown enough to be told of again. */
    boolean isDue(AccountEntry entry) {
        return hasGrown(entry, LEAST, GROWTH);
    }

    /** Whether an account whose pane closes has. */
    boolean isDueAtClose(AccountEntry entry) {
        return hasGrown(entry, LEAST_AT_CLOSE, GROWTH_AT_CLOSE);
    }

    private static boolean hasGrown(AccountEntry entry, long least, double growth) {
        return entry.state.requests >= Math.max((double) least, entry.state.toldLinks * growth);
    }

    /** Tells of an account. */
    void tell(AccountEntry entry, AccountWindows windows) {
        AccountState state = entry.state;
        StrandedProfile profile = windows.profile(WINDOW);
        PartitionClock clock = store.clock();
        long clockMs = clock.nowMs();
        AccountLinks links = new AccountLinks();
        links.setAccountId(entry.account);
        links.setPartition(context.taskId().partition());
        links.setClock(clock.vouched() ? clockMs : SourceClocks.UNKNOWN);
        links.setFirstEventTime(state.firstEventMs);
        links.setLastEventTime(state.clockMs);
        profile.whole().createdMs().ifPresent(links::setAccountCreated);
        links.setRequests(state.requests);
        links.setOutputTokens(state.outputTokens);
        links.setOrganizationHash(state.organization == 0 ? null : (Long) state.organization);
        links.setKeys(keys(state));
        links.setProfile(ByteBuffer.wrap(StrandedProfileCodec.encode(profile)));
        state.toldLinks = state.requests;
        resting = false;
        forward(entry.account, links, entry.account + "/" + state.requests, clockMs);
    }

    private static List<io.stillwatch.schema.LinkKey> keys(AccountState state) {
        List<io.stillwatch.schema.LinkKey> keys = new ArrayList<>();
        for (LinkKey key : state.links.keys(state.requests)) {
            keys.add(new io.stillwatch.schema.LinkKey(key.kind().id(), key.hash(), key.requests()));
        }
        return keys;
    }

    /**
     * Tells the time every ten minutes of it; what is looked for among all accounts is looked for then. A time that nobody
     * vouches for is told as such, to be waited for only: a time once told is not taken back.
     */
    void passTo(long minute) {
        long tick = Math.floorDiv(minute, MINUTES_A_TICK);
        boolean vouched = store.clock().vouched();
        // What nobody vouched for may have been years ahead.
        if (tick > toldTick || vouched && !toldVouched) {
            toldTick = tick;
            toldVouched = vouched;
            tellTime(store.clock().nowMs(), vouched);
            resting = false;
        }
        quietRounds = 0;
    }

    /** Tells that a log is over: all has been told of the ten minutes in which it ended, and none is to come. */
    void end() {
        toldTick = Math.floorDiv(EventTime.minuteOf(store.clock().nowMs()), MINUTES_A_TICK) + 1;
        toldVouched = true;
        tellTime(toldTick * MINUTES_A_TICK * EventTime.MINUTE_MS, true);
        rest();
    }

    /**
     * Takes in that a second has passed by the wall clock. Nobody waits for a partition that has no traffic; one whose
     * instance has stopped is waited for, as it doesn't say so.
     */
    void secondPassed() {
        quietRounds++;
        if (quietRounds == ROUNDS_TO_REST && !resting) {
            rest();
        }
    }

    private void rest() {
        resting = true;
        // A partition can rest twice in one tick, with an account told of between.
        tell(SourceClocks.UNKNOWN, SourceClocks.UNKNOWN, "rests/" + context.currentSystemTimeMs());
    }

    private void tellTime(long timeMs, boolean vouched) {
        if (vouched) {
            tell(timeMs, timeMs, Long.toString(toldTick));
        } else {
            tell(SourceClocks.UNKNOWN, timeMs, "unvouched/" + toldTick);
        }
    }

    private void tell(long clockMs, long unvouchedMs, String id) {
        AccountLinks time = new AccountLinks();
        time.setPartition(context.taskId().partition());
        time.setClock(clockMs);
        time.setLastEventTime(unvouchedMs);
        time.setKeys(List.of());
        time.setProfile(ByteBuffer.allocate(0));
        forward("", time, "partition-" + time.getPartition() + "/" + id, unvouchedMs);
    }

    private void forward(String account, AccountLinks links, String id, long timeMs) {
        context.forward(
                new Record<>(
                        account,
                        links,
                        Math.max(0, timeMs),
                        CloudEventHeaders.of(id, EventTypes.LINKS, "application/avro", timeMs)),
                node);
    }
}
