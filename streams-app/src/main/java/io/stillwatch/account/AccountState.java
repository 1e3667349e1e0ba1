package io.stillwatch.account;

import io.stillwatch.alert.AlertMemory;
import io.stillwatch.baseline.DayLevels;
import io.stillwatch.baseline.Outliers;
import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.campaign.LinkTally;
import io.stillwatch.profile.RecentRequests;
import io.stillwatch.profile.SoughtRequests;
import java.util.Optional;

/** What is kept of an account beside its panes: its clock, totals, where its panes are, when to look again, its alerts. */
public final class AccountState {
    /** No timer is pending. */
    public static final long NO_TIMER = Long.MAX_VALUE;

    /** Two means of 128 doubles. */
    private static final long OWN_BASELINE_BYTES = 2_200;

    /** With and without evidence, about. */
    private static final long OPEN_ALERT_BYTES = 8_000;

    private static final long CLOSED_ALERT_BYTES = 3_000;

    /** 64-bit hash of the organization that its newest request named; 0 for none. */
    public long organization;

    public long clockMs = Long.MIN_VALUE;

    /** The partition's clock when the newest event came. */
    public long arrivedMs = Long.MIN_VALUE;

    public long firstEventMs = Long.MAX_VALUE;
    public long requests;
    public long outputTokens;

    /** Hour panes, of about two days. */
    public PaneIndex hours = new PaneIndex();

    /** Day panes, of about a month. */
    public PaneIndex days = new PaneIndex();

    /** All days before this one have a day pane of their hours. */
    public long rolledBefore = Long.MIN_VALUE;

    /** Hour at which the account's windows end: that of its newest event which others' time has reached. */
    public long currentHour = Long.MIN_VALUE;

    /** Requests in the day window at which the account is evaluated next. */
    public long nextStep;

    public boolean changedSinceEvaluation;
    public long timerMinute = NO_TIMER;
    public AlertMemory alerts = AlertMemory.NONE;
    public ShadowMemory shadows = ShadowMemory.NONE;

    /** What it can share with others. */
    public LinkTally links = new LinkTally();

    /** Requests at which that was told last. */
    public long toldLinks;

    /** The newest requests, which the next is compared with. */
    public RecentRequests recent = new RecentRequests();

    /** Requests that ask for what models are taught with, set apart. */
    public SoughtRequests sought = new SoughtRequests();

    /** What evidence is made of; its days that are over. */
    public DayLevels levels = new DayLevels();

    /** The account's first prompts; empty until there are enough. */
    public Optional<OwnBaseline> own = Optional.empty();

    /** Requests such as those first prompts hardly were. */
    public Outliers outliers = new Outliers();

    long approximateBytes() {
        return 200
                + hours.approximateBytes()
                + days.approximateBytes()
                + alertBytes()
                + (own.isPresent() ? OWN_BASELINE_BYTES : 0)
                + outliers.approximateBytes()
                + shadows.approximateBytes()
                + links.approximateBytes()
                + levels.approximateBytes()
                + recent.approximateBytes()
                + sought.approximateBytes();
    }

    private long alertBytes() {
        if (alerts.isEmpty()) {
            return 0;
        }
        return alerts.open().isPresent() ? OPEN_ALERT_BYTES : CLOSED_ALERT_BYTES;
    }
}
