package io.stillwatch.account;

import io.stillwatch.baseline.DayLevels;
import io.stillwatch.baseline.Outliers;
import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.campaign.LinkTally;
import io.stillwatch.profile.RecentRequests;
import io.stillwatch.profile.SoughtRequests;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Optional;

/**
 * The bytes of an account's record. They change with the format of the whole store ({@link StateFormat}).
 *
 * <pre>
 *  flags      1 changed since the last look, 2 has an alert, 4 a baseline of its own, 8 shadow findings, 16 levels of days,
 *             32 an organization
 *  times      own clock, partition's clock at the newest event, first event
 *  totals     requests, output tokens
 *  panes      index of hours, index of days (see PaneIndex), first day that is not rolled, current hour
 *  looks      requests for the next one, minute of the timer
 *  alert      if flagged: see StoredAlert
 *  baseline   if flagged: see OwnBaseline; then see Outliers
 *  shadows    if flagged: see ShadowMemory
 *  links      see LinkTally; requests at which they were told last
 *  recent     newest requests: see RecentRequests
 *  sought     requests set apart: see SoughtRequests
 *  levels     if flagged: see DayLevels
 *  organization  if flagged: 8 bytes
 *  pane       1, then the newest hour pane; or 0
 *  ids        number of hours, then for each: the hour, its event ids (see SeenIds)
 * </pre>
 */
public final class AccountCodec {
    private static final int CHANGED = 1;
    private static final int HAS_ALERT = 2;
    private static final int HAS_OWN_BASELINE = 4;
    private static final int HAS_SHADOWED = 8;
    private static final int HAS_LEVELS = 16;
    private static final int HAS_ORGANIZATION = 32;

    private AccountCodec() {}

    /** Encodes an entry whose panes are written; the writer is emptied first. */
    public static byte[] encode(AccountEntry entry, StateWriter out) {
        out.reset();
        write(entry.state, out);
        if (entry.state.hours.isEmpty()) {
            out.writeByte(0);
        } else {
            out.writeByte(1);
            StrandedProfileCodec.write(entry.newestPane(), out);
        }
        out.writeUnsigned(entry.seen.size());
        entry.seen.forEach((hour, ids) -> {
            out.writeSigned(hour);
            ids.write(out);
        });
        return out.toByteArray();
    }

    /** Reads what {@link #encode} gave. */
    public static AccountEntry decode(String account, byte[] bytes) {
        StateReader in = new StateReader(bytes);
        AccountEntry entry = new AccountEntry(account, read(in));
        if (in.readByte() == 1) {
            entry.hours.put(entry.newestHour(), StrandedProfileCodec.read(in));
        }
        int count = in.readCount(AccountEntry.MOST_SEEN_HOURS);
        for (int at = 0; at < count; at++) {
            long hour = in.readSigned();
            entry.seen.put(hour, SeenIds.read(in));
        }
        return entry;
    }

    private static void write(AccountState state, StateWriter out) {
        boolean hasAlert = !state.alerts.isEmpty();
        out.writeByte((state.changedSinceEvaluation ? CHANGED : 0)
                | (hasAlert ? HAS_ALERT : 0)
                | (state.own.isPresent() ? HAS_OWN_BASELINE : 0)
                | (state.shadows.isEmpty() ? 0 : HAS_SHADOWED)
                | (state.levels.isEmpty() ? 0 : HAS_LEVELS)
                | (state.organization == 0 ? 0 : HAS_ORGANIZATION));
        out.writeSigned(state.clockMs);
        out.writeSigned(state.arrivedMs);
        out.writeSigned(state.firstEventMs);
        out.writeUnsigned(state.requests);
        out.writeUnsigned(state.outputTokens);
        state.hours.write(out);
        state.days.write(out);
        out.writeSigned(state.rolledBefore);
        out.writeSigned(state.currentHour);
        out.writeUnsigned(state.nextStep);
        out.writeSigned(state.timerMinute);
        if (hasAlert) {
            StoredAlert.write(state.alerts, out);
        }
        if (state.own.isPresent()) {
            state.own.get().write(out);
            state.outliers.write(out);
        }
        if (!state.shadows.isEmpty()) {
            state.shadows.write(out);
        }
        state.links.write(out);
        out.writeUnsigned(state.toldLinks);
        state.recent.write(out);
        state.sought.write(out);
        if (!state.levels.isEmpty()) {
            state.levels.write(out);
        }
        if (state.organization != 0) {
            out.writeLong(state.organization);
        }
    }

    private static AccountState read(StateReader in) {
        AccountState state = new AccountState();
        int flags = in.readByte();
        state.changedSinceEvaluation = (flags & CHANGED) != 0;
        state.clockMs = in.readSigned();
        state.arrivedMs = in.readSigned();
        state.firstEventMs = in.readSigned();
        state.requests = in.readUnsigned();
        state.outputTokens = in.readUnsigned();
        state.hours = PaneIndex.read(in);
        state.days = PaneIndex.read(in);
        state.rolledBefore = in.readSigned();
        state.currentHour = in.readSigned();
        state.nextStep = in.readUnsigned();
        state.timerMinute = in.readSigned();
        if ((flags & HAS_ALERT) != 0) {
            state.alerts = StoredAlert.read(in);
        }
        if ((flags & HAS_OWN_BASELINE) != 0) {
            state.own = Optional.of(OwnBaseline.read(in));
            state.outliers = Outliers.read(in);
        }
        if ((flags & HAS_SHADOWED) != 0) {
            state.shadows = ShadowMemory.read(in);
        }
        state.links = LinkTally.read(in);
        state.toldLinks = in.readUnsigned();
        state.recent = RecentRequests.read(in);
        state.sought = SoughtRequests.read(in);
        if ((flags & HAS_LEVELS) != 0) {
            state.levels = DayLevels.read(in);
        }
        if ((flags & HAS_ORGANIZATION) != 0) {
            state.organization = in.readLong();
        }
        return state;
    }
}
