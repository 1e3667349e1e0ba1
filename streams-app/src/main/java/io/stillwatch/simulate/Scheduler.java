package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;

/**
 * Lays out an account's requests: first its sessions (harvest or cover, how many turns), then their times.
 *
 * <p>The two steps are apart because a campaign must know how many items each member takes before it can deal them.
 */
final class Scheduler {
    private static final int MOST_TURNS = 4000;
    private static final double MIX_MEMORY = 40;

    private Scheduler() {}

    /** The sessions of an account that makes {@code requests} requests, a share of them hostile in the long run. */
    static Sessions sessions(Role role, int requests, double share) {
        return sessions(role, requests, share, share);
    }

    /** The same for an account of few requests: the share holds from the first one, however long sessions are. */
    static Sessions evenSessions(Role role, int requests, double share) {
        double harvest = share / role.main().shape().meanTurns();
        double cover = (1 - share) / role.cover().shape().meanTurns();
        return sessions(role, requests, share, harvest / (harvest + cover));
    }

    private static Sessions sessions(Role role, int requests, double share, double shareOfSessions) {
        Chance chance = role.account().own("sessions");
        boolean[] hostile = new boolean[requests];
        short[] turns = new short[requests];
        int count = 0;
        int total = 0;
        int hot = 0;
        while (total < requests) {
            boolean isHostile =
                    share >= 1 || (share > 0 && chance.is(shareOfSessions + (share * total - hot) / MIX_MEMORY));
            Actor actor = isHostile ? role.main() : role.cover();
            int length = Math.min(Math.min(actor.shape().turns(chance), MOST_TURNS), requests - total);
            hostile[count] = isHostile;
            turns[count] = (short) length;
            count++;
            total += length;
            hot += isHostile ? length : 0;
        }
        return new Sessions(Arrays.copyOf(hostile, count), Arrays.copyOf(turns, count), requests);
    }

    /** The whole schedule; {@code work} gives the items and times of a campaign's member. */
    static Schedule schedule(Role role, Sessions sessions, CampaignQueue.Work work) {
        Account account = role.account();
        Chance chance = account.own("times");
        int count = sessions.count();
        int capacity = sessions.requests();
        long[] offsets = new long[capacity];
        long[] slots = new long[capacity];
        int[] ofSession = new int[capacity];
        long[] lengths = new long[count];
        int entries = 0;
        for (int s = 0; s < count && entries < capacity; s++) {
            boolean hostile = sessions.hostile(s);
            Actor actor = hostile ? role.main() : role.cover();
            long at = 0;
            for (int turn = 0; turn < sessions.turns(s) && entries < capacity; turn++) {
                at += turn == 0 ? 0 : actor.shape().gapMs(chance);
                boolean fails = chance.is(actor.failures());
                offsets[entries] = at;
                slots[entries] = Schedule.slot(s, turn, false, fails, hostile);
                ofSession[entries++] = s;
                if (fails && entries < capacity) {
                    at += (long) chance.logNormal(8.3, 0.9);
                    offsets[entries] = at;
                    slots[entries] = Schedule.slot(s, turn, true, false, hostile);
                    ofSession[entries++] = s;
                }
            }
            lengths[s] = at;
        }
        int[] items = new int[count];
        long[] begins = begins(role, sessions, work, chance, lengths, items);
        for (int i = 0; i < capacity; i++) {
            offsets[i] += begins[ofSession[i]];
        }
        return new Schedule(account, offsets, slots, items, sessions.allTurns());
    }

    private static long[] begins(
            Role role, Sessions sessions, CampaignQueue.Work work, Chance chance, long[] lengths, int[] items) {
        Account account = role.account();
        int count = sessions.count();
        if (work.isEmpty()) {
            int hostileItem = 0;
            int honestItem = 0;
            for (int s = 0; s < count; s++) {
                items[s] = sessions.hostile(s) ? hostileItem++ : honestItem++;
            }
            return role.timing().begins(chance, account.beginMs(), account.spanMs(), lengths);
        }
        long[] coverLengths = new long[count - sessions.hostileCount()];
        int cover = 0;
        for (int s = 0; s < count; s++) {
            if (!sessions.hostile(s)) {
                coverLengths[cover++] = lengths[s];
            }
        }
        long[] coverBegins = role.cover().timing().begins(chance, account.beginMs(), account.spanMs(), coverLengths);
        long[] begins = new long[count];
        int hostileItem = 0;
        int honestItem = 0;
        for (int s = 0; s < count; s++) {
            if (sessions.hostile(s)) {
                items[s] = work.item(hostileItem);
                begins[s] = work.timeMs(hostileItem);
                hostileItem++;
            } else {
                items[s] = honestItem;
                begins[s] = coverBegins[honestItem];
                honestItem++;
            }
        }
        return begins;
    }
}
