package io.stillwatch.topology.campaign;

import io.stillwatch.campaign.LinkIndex;
import io.stillwatch.campaign.LinkedAccount;
import io.stillwatch.campaign.SourceClocks;
import io.stillwatch.schema.AccountLinks;
import io.stillwatch.topology.control.Refusals;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what partitions tell of accounts, and says when to look: at moments of event time that all partitions have
 * passed, at which exactly what was told before is known. So the same looks are made whichever partition is read first, and
 * after a crash.
 *
 * <p>The wall clock decides one thing: what has waited for ten minutes waits no longer. So a partition that has stopped, or
 * whose time two accounts pushed years ahead, hides nothing.
 */
final class LinkIntake {
    private static final Logger LOG = LoggerFactory.getLogger(LinkIntake.class);
    private static final int LONGEST_ID = 1_024;
    private static final int LONGEST_RECORD = 1 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Waiting accounts that are kept as they were read, so that they need not be read again. */
    private static final int MOST_READ = 50_000;

    private final CampaignStore store;
    private final CampaignTime time;
    private final LinkIndex index;
    private final Arrivals arrivals;
    private final Runnable look;
    private final Refusals refusals = new Refusals("what an account shares");
    private final Map<Long, LinkedAccount> read = new HashMap<>();
    private long nextOffset;
    private long patientOffset;
    private long patientSinceMs = Long.MIN_VALUE;
    private long completeBefore = Long.MIN_VALUE;

    /** @param look called when it is time to look */
    LinkIntake(CampaignStore store, CampaignTime time, LinkIndex index, Runnable look) {
        this.store = store;
        this.time = time;
        this.index = index;
        this.arrivals = store.arrivals();
        this.look = look;
    }

    /**
     * Takes in a record of the links topic.
     *
     * @param offset where it lies there
     * @throws org.apache.kafka.common.errors.SerializationException where it cannot be read
     */
    void take(Record<String, byte[]> record, long offset) {
        nextOffset = offset + 1;
        if (record.value() == null) {
            forget(record.key());
        } else if (record.value().length > LONGEST_RECORD) {
            refusals.tell(record.key(), "it has more than " + LONGEST_RECORD + " bytes");
        } else {
            take(store.decode(record.value()), record.value(), offset);
        }
        goOn();
        if (time.clocks().allRest()) {
            takeWhatLiesAhead();
        }
        store.put(time);
    }

    private void forget(String account) {
        if (account != null) {
            index.remove(account);
            store.forget(account);
        }
    }

    private void take(AccountLinks links, byte[] record, long offset) {
        SourceClocks clocks = time.clocks();
        int partition = links.getPartition();
        if (!CampaignStore.tellsOfAnAccount(links)) {
            hear(clocks, partition, links.getClock(), links.getLastEventTime());
        } else if (links.getAccountId().length() > LONGEST_ID) {
            refusals.tell(links.getAccountId(), "its id has more than " + LONGEST_ID + " characters");
        } else {
            LinkedAccount account = CampaignStore.linked(links);
            if (links.getClock() != SourceClocks.UNKNOWN) {
                clocks.observe(partition, links.getClock());
            }
            long tick = Math.max(0, Math.max(time.tick(), CampaignTime.tickOf(account.lastMs())));
            arrivals.put(tick, partition, offset, record);
            if (read.size() < MOST_READ) {
                read.put(offset, account);
            }
        }
    }

    private static void hear(SourceClocks clocks, int partition, long clockMs, long unvouchedMs) {
        if (clockMs != SourceClocks.UNKNOWN) {
            clocks.observe(partition, clockMs);
        } else if (unvouchedMs != SourceClocks.UNKNOWN) {
            clocks.reach(partition, unvouchedMs);
        } else {
            clocks.rest(partition);
        }
    }

    /** Looks at each moment that all partitions have passed, and is due. */
    private void goOn() {
        long complete = time.completeTick();
        for (long next = next(); next <= complete; next = next()) {
            arrivals.takeBefore(next).forEach(this::learn);
            time.passTo(next);
            if (time.isDue(index.accounts())) {
                look();
            }
        }
        if (time.tick() != Long.MIN_VALUE) {
            time.passTo(complete);
        }
    }

    /**
     * Takes in what a partition told whose time was pushed ahead of all others'. Nobody is there to come as far, so it would
     * wait for ever: at the end of a log as well as live.
     */
    private void takeWhatLiesAhead() {
        long leadingMs = time.clocks().leadingMs();
        if (leadingMs != SourceClocks.NEVER) {
            List<Arrivals.Arrival> ahead = arrivals.takeAfter(CampaignTime.tickOf(leadingMs));
            if (!ahead.isEmpty()) {
                ahead.forEach(this::learn);
                look();
            }
        }
    }

    /** The next tick at whose beginning something is known that was not, or a look is due. */
    private long next() {
        long first = arrivals.firstTick();
        long known = first == CampaignTime.NO_TICK ? first : first + 1;
        return Math.min(known, time.dueTick(index.accounts()));
    }

    private void learn(Arrivals.Arrival arrival) {
        AccountLinks links = store.decode(arrival.record);
        LinkedAccount known = read.remove(arrival.offset);
        index.put(known == null ? CampaignStore.linked(links) : known);
        store.putLinks(links.getAccountId(), arrival.record);
        time.changed();
    }

    private void look() {
        look.run();
        time.looked();
    }

    /** Takes in what the wall clock says, milliseconds since 1970; asked every second or so. */
    void passWallClock(long nowMs) {
        if (patientSinceMs == Long.MIN_VALUE) {
            patientSinceMs = nowMs;
        } else if (nowMs - patientSinceMs >= PATIENCE.toMillis()) {
            patientSinceMs = nowMs;
            waitNoLonger();
        }
    }

    private void waitNoLonger() {
        long leadingMs = time.clocks().leadingMs();
        long complete = time.completeTick();
        long before = patientOffset;
        patientOffset = nextOffset;
        if (leadingMs == SourceClocks.NEVER) {
            return;
        }
        arrivals.takeArrivedBefore(before).forEach(this::learn);
        if (time.dueTick(index.accounts()) != CampaignTime.NO_TICK) {
            long leading = CampaignTime.tickOf(leadingMs);
            boolean standsStill = complete == completeBefore && complete < leading;
            if (standsStill) {
                LOG.warn(
                        "Campaigns are looked for without waiting for all partitions of the requests topic: one has told no"
                                + " time for ten minutes. See whether every instance runs, and keeps up.");
            }
            time.passTo(standsStill ? leading : complete);
            look();
        }
        completeBefore = complete;
        store.put(time);
    }
}
