package io.stillwatch.topology;

import io.stillwatch.alert.AlertMemory;
import io.stillwatch.baseline.DayLevels;
import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.campaign.LinkTally;
import io.stillwatch.profile.RecentRequests;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Optional;

/** What is kept of an account beside its panes: its clock, totals, where its panes are, when to look again, its alerts. */
final class AccountState {
    /** No timer is pending. */
    static final long NO_TIMER = Long.MAX_VALUE;

    private static final int CHANGED = 1;
    private static final int HAS_ALERT = 2;
    private static final int HAS_OWN_BASELINE = 4;

    /** Two means of 128 doubles. */
    private static final long OWN_BASELINE_BYTES = 2_200;

    private static final int HAS_SHADOWED = 8;
    private static final int HAS_LINKS = 16;
    private static final int HAS_LEVELS = 32;
    private static final int HAS_ORGANIZATION = 64;

    /** The version of the record from which on alerts are kept when they are closed, and shadows know the allowlist. */
    private static final int CLOSED_ALERTS_SINCE = 6;

    /** With and without evidence, about. */
    private static final long OPEN_ALERT_BYTES = 8_000;

    private static final long CLOSED_ALERT_BYTES = 3_000;

    /** 64-bit hash of the organization that its newest request named; 0 for none. */
    long organization;

    long clockMs = Long.MIN_VALUE;

    /** The partition's clock when the newest event came. */
    long arrivedMs = Long.MIN_VALUE;

    long firstEventMs = Long.MAX_VALUE;
    long requests;
    long outputTokens;

    /** Hour panes, of about two days. */
    PaneIndex hours = new PaneIndex();

    /** Day panes, of about a month. */
    PaneIndex days = new PaneIndex();

    /** All days before this one have a day pane of their hours. */
    long rolledBefore = Long.MIN_VALUE;

    /** Hour at which the account's windows end: that of its newest event which others' time has reached. */
    long currentHour = Long.MIN_VALUE;

    /** Requests in the day window at which the account is evaluated next. */
    long nextStep;

    boolean changedSinceEvaluation;
    long timerMinute = NO_TIMER;
    AlertMemory alerts = AlertMemory.NONE;
    ShadowMemory shadows = new ShadowMemory();

    /** The newest requests, which the next is compared with. */
    RecentRequests recent = new RecentRequests();

    /** What it can share with others. */
    LinkTally links = new LinkTally();

    /** Requests at which that was told last. */
    long toldLinks;

    /** What evidence is made of; its days that are over. */
    DayLevels levels = new DayLevels();

    /** The account's first prompts; empty until there are enough. */
    Optional<OwnBaseline> own = Optional.empty();

    void write(StateWriter out) {
        boolean hasAlert = !alerts.isEmpty();
        out.writeByte((changedSinceEvaluation ? CHANGED : 0)
                | (hasAlert ? HAS_ALERT : 0)
                | (own.isPresent() ? HAS_OWN_BASELINE : 0)
                | (shadows.isEmpty() ? 0 : HAS_SHADOWED)
                | HAS_LINKS
                | (levels.isEmpty() ? 0 : HAS_LEVELS)
                | (organization == 0 ? 0 : HAS_ORGANIZATION));
        out.writeSigned(clockMs);
        out.writeSigned(arrivedMs);
        out.writeSigned(firstEventMs);
        out.writeUnsigned(requests);
        out.writeUnsigned(outputTokens);
        hours.write(out);
        days.write(out);
        out.writeSigned(rolledBefore);
        out.writeSigned(currentHour);
        out.writeUnsigned(nextStep);
        out.writeSigned(timerMinute);
        // Where alerts were counted that were opened, up to version 5.
        out.writeUnsigned(0);
        if (hasAlert) {
            StoredAlert.write(alerts, out);
        }
        own.ifPresent(baseline -> baseline.write(out));
        if (!shadows.isEmpty()) {
            shadows.write(out);
        }
        recent.write(out);
        links.write(out);
        out.writeUnsigned(toldLinks);
        if (!levels.isEmpty()) {
            levels.write(out);
        }
        if (organization != 0) {
            out.writeLong(organization);
        }
    }

    /** @param version of the account's record */
    static AccountState read(StateReader in, int version) {
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
        in.readUnsigned();
        if ((flags & HAS_ALERT) != 0) {
            state.alerts = version < CLOSED_ALERTS_SINCE ? StoredAlert.readOpen(in) : StoredAlert.read(in);
        }
        if ((flags & HAS_OWN_BASELINE) != 0) {
            state.own = Optional.of(OwnBaseline.read(in));
        }
        if ((flags & HAS_SHADOWED) != 0) {
            state.shadows = ShadowMemory.read(in, version >= CLOSED_ALERTS_SINCE);
        }
        state.recent = RecentRequests.read(in);
        if ((flags & HAS_LINKS) != 0) {
            state.links = LinkTally.read(in);
            state.toldLinks = in.readUnsigned();
        }
        if ((flags & HAS_LEVELS) != 0) {
            state.levels = DayLevels.read(in);
        }
        if ((flags & HAS_ORGANIZATION) != 0) {
            state.organization = in.readLong();
        }
        return state;
    }

    long approximateBytes() {
        return 200
                + hours.approximateBytes()
                + days.approximateBytes()
                + alertBytes()
                + (own.isPresent() ? OWN_BASELINE_BYTES : 0)
                + shadows.approximateBytes()
                + links.approximateBytes()
                + levels.approximateBytes()
                + recent.approximateBytes();
    }

    private long alertBytes() {
        if (alerts.isEmpty()) {
            return 0;
        }
        return alerts.open().isPresent() ? OPEN_ALERT_BYTES : CLOSED_ALERT_BYTES;
    }
}
