package io.stillwatch.topology;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.Allowlist;
import io.stillwatch.alert.AllowlistValue;
import io.stillwatch.alert.Moment;
import io.stillwatch.alert.Observation;
import io.stillwatch.baseline.DayTraits;
import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.baseline.Reference;
import io.stillwatch.campaign.LinkKey;
import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.Loss;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.Ties;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.signature.Assessment;
import io.stillwatch.signature.SignatureSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Keeps every account's panes and says when to look at them.
 *
 * <p>An account is evaluated when the requests in its day window have grown by a quarter since the last look, when its
 * pane closes, and when an open alert has been quiet for long enough: always by event time, in the order of the
 * partition, so the same records give the same alerts live, replayed or restarted.
 *
 * <p>The signatures, the allowlist and the orders of analysts are inputs too: see {@link LiveSignatures}, {@link
 * LiveAllowlist} and {@link LiveTriage}. When signatures or the allowlist change, {@link SecondLook} goes through the
 * accounts, whose windows are looked at once with what is new, as of event time. The wall clock only asks now and then
 * whether the topics brought something, as a consumer's poll does; while they bring nothing, nothing is done by it, so
 * requests alone give the same alerts live and replayed.
 */
final class ProfileProcessor implements Processor<String, Object, String, Object> {
    static final String ACCOUNTS = "accounts";
    static final String PANES = "panes";

    private static final Duration DAY = Duration.ofDays(1);
    private static final int FIRST_STEP = 16;
    private static final int STEP_DIVISOR = 4;
    private static final int DUE_AT_ONCE = 256;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);
    private static final Duration SIGNATURES_EVERY = Duration.ofMillis(250);

    private final PipelineOptions options;
    private final LiveSignatures live;
    private final LiveBaseline liveBaseline;
    private final LiveAllowlist liveAllowlist;
    private final LiveTriage triage;
    private final AccountTimers timers;
    private final Outputs outputs;
    private final EvaluationListener listener;
    private ProcessorContext<String, Object> context;
    private AccountStore store;
    private PaneStore panes;
    private final EarlyCommit earlyCommit = new EarlyCommit();
    private LossReport report;
    private ShadowFindings shadows;
    private LinkReport links;
    private AlertForwarder forwarder;
    private OriginCheck origin;
    private SecondLook secondLook;
    private TriageReport orders;
    private SignatureSet signatures;
    private LiveAllowlist.Current allowed;
    private SecondLook.Rules rules;
    private Reference reference;
    private AlertLifecycle lifecycle;
    private long droppedHour = Long.MIN_VALUE;

    /**
     * Names of the nodes that take what this one gives.
     *
     * @param alerts nodes that take alerts
     * @param profiles node that takes profile snapshots
     * @param losses node that takes lines of the loss ledger
     * @param findings node that takes shadow findings
     * @param links node that takes what accounts share; there is none where campaigns are not looked for
     */
    record Outputs(List<String> alerts, String profiles, String losses, String findings, String links) {}

    ProfileProcessor(
            PipelineOptions options,
            LiveSignatures live,
            LiveBaseline liveBaseline,
            LiveAllowlist liveAllowlist,
            LiveTriage triage,
            Outputs outputs,
            EvaluationListener listener) {
        this.options = options;
        this.live = live;
        this.liveBaseline = liveBaseline;
        this.liveAllowlist = liveAllowlist;
        this.triage = triage;
        this.timers = new AccountTimers(options);
        this.outputs = outputs;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = processorContext.getStateStore(ACCOUNTS);
        panes = processorContext.getStateStore(PANES);
        store.connect(panes);
        store.onDayClosed(this::dayClosed);
        report = new LossReport(processorContext, outputs.losses());
        // Nothing is decided here: the ledger is only shown now and then.
        processorContext.schedule(REPORT_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            report.publish(store);
            if (earlyCommit.due(store.hasUnwritten())) {
                processorContext.commit();
            }
        });
        shadows = new ShadowFindings(processorContext, outputs.findings(), options.quietTime());
        origin = OriginCheck.of(processorContext, List.of(ACCOUNTS, PANES), store::origin, store::setOrigin);
        links = new LinkReport(processorContext, outputs.links(), store);
        secondLook = new SecondLook(store);
        forwarder = new AlertForwarder(processorContext, outputs.alerts());
        ReadOnlyKeyValueStore<String, byte[]> published = processorContext.getStateStore(LiveSignatures.STORE);
        ReadOnlyKeyValueStore<String, byte[]> publishedBaseline = processorContext.getStateStore(LiveBaseline.STORE);
        compareWith(liveBaseline.read(publishedBaseline));
        orders = new TriageReport(processorContext);
        readRules(published);
        processorContext.schedule(SIGNATURES_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            origin.settle();
            compareWith(liveBaseline.read(publishedBaseline));
            readRules(published);
            secondLook.goOn(rules, this::lookAgain);
            obeyOrders();
        });
    }

    private void readRules(ReadOnlyKeyValueStore<String, byte[]> published) {
        SignatureSet nowSignatures = live.read(published);
        LiveAllowlist.Current nowAllowed = liveAllowlist.read();
        if (nowSignatures != signatures || nowAllowed != allowed) {
            signatures = nowSignatures;
            allowed = nowAllowed;
            rules = new SecondLook.Rules(signatures, allowed);
        }
        report.unreadableDefinitions(live.unreadable());
    }

    private void compareWith(Reference now) {
        if (now != reference) {
            reference = now;
            lifecycle = new AlertLifecycle(options.quietTime(), now.name());
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        origin.settle();
        earlyCommit.processed();
        secondLook.begin(rules);
        String source = report.source(record.headers());
        if (record.value() instanceof Unreadable unreadable) {
            loseUnreadable(record.key(), source);
            throw unreadable.cause();
        }
        PartitionClock clock = store.clock();
        long minuteBefore = clock.vouched() ? EventTime.minuteOf(clock.nowMs()) : Long.MIN_VALUE;
        String leader = clock.leader();
        boolean alone = !clock.vouched();
        if (record.value() instanceof EndOfInput end) {
            clock.passTo(end.timeMs());
            store.clockMoved();
            if (alone) {
                arrivedAtLatest(leader, clock.nowMs());
            }
        } else {
            RequestFingerprint request = (RequestFingerprint) record.value();
            clock.observe(request.getAccountId(), request.getEventTime());
            store.clockMoved();
            if (alone && clock.vouched()) {
                arrivedAtLatest(leader, clock.nowMs());
            }
            count(request, clock, source);
        }
        // What one account alone says is nobody's time but its own: it may be years off, and time that has passed for
        // timers, panes and campaigns cannot be taken back.
        if (clock.vouched()) {
            long minute = EventTime.minuteOf(clock.nowMs());
            if (minute > minuteBefore) {
                passTime(minute);
                if (options.campaigns()) {
                    links.passTo(minute);
                }
            }
        }
        if (record.value() instanceof EndOfInput) {
            closeLeader(leader);
        }
        store.relieve();
    }

    /** Corrects when the first account's events came: as long as it was alone, only its own stamps told. */
    private void arrivedAtLatest(String account, long clockMs) {
        if (store.knows(account)) {
            AccountEntry entry = store.open(account);
            entry.state.arrivedMs = Math.min(entry.state.arrivedMs, clockMs);
            setTimer(entry, Long.MIN_VALUE);
        }
    }

    /**
     * Looks at the last hour of the one account whose time no other has reached: the end of a log is the end for it as
     * well, and how far it is ahead may be a wrong stamp, so others' time does not follow it.
     */
    private void closeLeader(String account) {
        if (store.knows(account)) {
            AccountEntry entry = store.open(account);
            if (entry.state.changedSinceEvaluation) {
                closePane(entry, entry.state.currentHour);
                setTimer(entry, EventTime.minuteOf(store.clock().nowMs()));
            }
        }
    }

    private void loseUnreadable(String account, String source) {
        report.lost(store.ledger(), source, Loss.UNREADABLE);
        if (account != null && store.knows(account)) {
            AccountEntry entry = store.open(account);
            lose(entry, entry.state.currentHour, Loss.UNREADABLE);
        }
    }

    private void count(RequestFingerprint request, PartitionClock clock, String source) {
        AccountEntry entry = store.open(request.getAccountId());
        AccountState state = entry.state;
        long partitionMs = clock.nowMs();
        long timeMs = request.getEventTime();
        long hour = EventTime.hourOf(timeMs);
        // A stamp far ahead of everybody else must not make the account's own later events late.
        long vouchedMs = Math.min(state.clockMs, partitionMs);
        if (state.requests > 0 && timeMs < vouchedMs - options.grace().toMillis()) {
            report.lost(store.ledger(), source, Loss.LATE);
            lose(entry, hour, Loss.LATE);
            throw new LateEventException(timeMs, vouchedMs, options.grace());
        }
        int id = SeenIds.hash(request.getEventId());
        if (alreadySeen(entry, id, hour)) {
            report.lost(store.ledger(), source, Loss.DUPLICATE);
            lose(entry, hour, Loss.DUPLICATE);
            return;
        }
        if (timeMs >= state.clockMs) {
            state.organization = request.getOrganizationId() == null ? 0 : Hash64.of(request.getOrganizationId());
        }
        state.clockMs = Math.max(state.clockMs, timeMs);
        state.arrivedMs = Math.max(state.arrivedMs, partitionMs);
        long current = Math.max(hour, EventTime.hourOf(Math.min(state.clockMs, partitionMs)));
        if (current > state.currentHour) {
            moveOn(entry, current, partitionMs, source);
        }
        closeQuietAlert(entry, timeMs);
        shadows.endQuiet(ShadowFindings.Entity.of(entry), timeMs);
        state.currentHour = current;
        StrandedProfile pane = store.paneToChange(entry, hour, 1);
        Ties ties = state.recent.tie(request);
        pane.add(request, ties);
        if (EventTime.dayOf(hour) < state.rolledBefore) {
            store.dayPaneToChange(entry, EventTime.dayOf(hour), 1).add(request, ties);
        }
        report.counted(store.ledger(), source);
        if (entry.isCrowded()) {
            // Stamps that jump back and forth make hours without ever moving the account on.
            tidy(entry, hour, Math.min(current, EventTime.hourOf(partitionMs)), source);
        }
        if (store.seenToChange(entry, hour).add(id) == SeenIds.Outcome.FORGOTTEN) {
            note(entry, hour, Loss.EVICTED, 1, source);
        }
        if (clock.vouched() && timeMs > partitionMs + options.grace().toMillis()) {
            note(entry, hour, Loss.AHEAD, 1, source);
        }
        state.firstEventMs = Math.min(state.firstEventMs, timeMs);
        state.requests++;
        state.outputTokens += Math.max(0, request.getOutputTokens());
        state.changedSinceEvaluation = true;
        if (options.campaigns()) {
            state.links.add(request);
            if (links.isDue(entry)) {
                links.tell(entry, windows(entry, current));
            }
        }
        if (dayRequests(entry, current) >= Math.max(FIRST_STEP, state.nextStep)) {
            evaluate(entry, current, timeMs);
        }
        setTimer(entry, Long.MIN_VALUE);
    }

    /** Looks in the event's own clock hour and the one before, so a repetition within an hour is always found. */
    private boolean alreadySeen(AccountEntry entry, int id, long hour) {
        SeenIds same = store.seen(entry, hour);
        if (same != null && same.contains(id)) {
            return true;
        }
        SeenIds before = store.seen(entry, hour - 1);
        return before != null && before.contains(id);
    }

    /** Does what is over for an account before an event of a later hour counts, as its timer would have. */
    private void moveOn(AccountEntry entry, long hour, long partitionMs, String source) {
        AccountState state = entry.state;
        if (state.changedSinceEvaluation) {
            closePane(entry, state.currentHour);
        }
        state.currentHour = hour;
        long reached = Math.min(hour, EventTime.hourOf(partitionMs));
        tidy(entry, hour, reached, source);
    }

    private void tidy(AccountEntry entry, long hour, long reached, String source) {
        dropAndRoll(entry, reached);
        int forgotten = entry.forgetIds(reached);
        if (forgotten > 0) {
            note(entry, hour, Loss.EVICTED, forgotten, source);
        }
    }

    private void dropAndRoll(AccountEntry entry, long hour) {
        store.roll(entry, EventTime.dayOf(hour - AccountTimers.ROLL_DELAY_HOURS));
        store.dropBefore(
                entry,
                hour - options.hoursKept().toHours(),
                EventTime.dayOf(hour) - options.daysKept().toDays());
    }

    private void dayClosed(AccountEntry entry, long day, StrandedProfile profile) {
        DayTraits.level(profile, reference.answers()).ifPresent(level -> {
            entry.state.levels.add(day, level);
            store.active().count(day);
        });
    }

    private void lose(AccountEntry entry, long hour, Loss kind) {
        PaneIndex hours = entry.state.hours;
        if (!hours.isEmpty()) {
            note(entry, hours.contains(hour) ? hour : entry.newestHour(), kind, 1);
        }
    }

    private void note(AccountEntry entry, long hour, Loss kind, long records, String source) {
        report.noted(store.ledger(), source, kind, records);
        note(entry, hour, kind, records);
    }

    private void note(AccountEntry entry, long hour, Loss kind, long records) {
        store.paneToChange(entry, hour, 0).lose(kind, records);
        long day = EventTime.dayOf(hour);
        if (day < entry.state.rolledBefore) {
            store.dayPaneToChange(entry, day, 0).lose(kind, records);
        }
    }

    /**
     * Sets the account's timer to the first thing that is due.
     *
     * @param passed minute that has been dealt with; the timer is set after it
     */
    private void setTimer(AccountEntry entry, long passed) {
        long next = Math.min(
                Math.min(
                        timers.paneCloses(entry),
                        timers.alertCloses(
                                entry, Math.min(quietMinute(entry), shadows.quietMinute(entry.state.shadows)))),
                Math.min(timers.dayRolls(entry), timers.expires(entry)));
        store.setTimer(entry, Math.max(next, passed + 1));
    }

    /** The minute from which on the account's alert has been quiet for long enough. */
    private long quietMinute(AccountEntry entry) {
        return entry.state.alerts.open().isPresent()
                ? EventTime.minuteOf(lifecycle.closesAtMs(entry.state.alerts)) + 1
                : AccountState.NO_TIMER;
    }

    private void passTime(long minute) {
        List<String> due;
        do {
            due = store.due(minute, DUE_AT_ONCE);
            for (String account : due) {
                passTime(store.open(account), minute);
                store.relieve();
            }
        } while (due.size() == DUE_AT_ONCE);
        long hour = Math.floorDiv(minute, 60);
        if (hour > droppedHour) {
            droppedHour = hour;
            panes.dropBefore(StoreKeys.HOUR, hour - options.hoursKept().toHours());
            panes.dropBefore(StoreKeys.IDS, hour - options.hoursKept().toHours());
            panes.dropBefore(
                    StoreKeys.DAY, EventTime.dayOf(hour) - options.daysKept().toDays());
        }
    }

    private void passTime(AccountEntry entry, long minute) {
        AccountState state = entry.state;
        if (timers.paneCloses(entry) <= minute) {
            closePane(entry, state.currentHour);
        }
        if (timers.alertCloses(entry, quietMinute(entry)) <= minute) {
            closeQuietAlert(entry, minute * EventTime.MINUTE_MS);
        }
        if (timers.alertCloses(entry, shadows.quietMinute(entry.state.shadows)) <= minute) {
            shadows.endQuiet(ShadowFindings.Entity.of(entry), minute * EventTime.MINUTE_MS);
        }
        if (timers.dayRolls(entry) <= minute) {
            dropAndRoll(entry, Math.floorDiv(minute, 60));
        }
        if (timers.expires(entry) <= minute) {
            expire(entry);
        } else {
            setTimer(entry, minute);
        }
    }

    private void expire(AccountEntry entry) {
        if (entry.state.alerts.isEmpty()) {
            store.forget(entry);
        } else {
            // Its alert goes on where it ended if it is opened again.
            store.dropBefore(entry, Long.MAX_VALUE, Long.MAX_VALUE);
            entry.seen.clear();
            entry.state.nextStep = 0;
            store.clearTimer(entry);
        }
    }

    /** Closes the account's alert at the minute it was due, whether its own event or somebody else's shows that. */
    private void closeQuietAlert(AccountEntry entry, long timeMs) {
        long minute = quietMinute(entry);
        if (minute != AccountState.NO_TIMER && minute * EventTime.MINUTE_MS <= timeMs) {
            step(entry, List.of(), minute * EventTime.MINUTE_MS, List.of());
        }
    }

    private void closePane(AccountEntry entry, long hour) {
        evaluate(entry, hour, (hour + 1) * EventTime.HOUR_MS - 1);
        freezeBaseline(entry, hour);
        if (options.campaigns() && links.isDueAtClose(entry)) {
            links.tell(entry, windows(entry, hour));
        }
        if (dayRequests(entry, hour) >= FIRST_STEP) {
            context.forward(ProfileSnapshots.record(entry.account, windows(entry, hour), DAY), outputs.profiles());
        }
    }

    /** Once, and not while an alert is open: what may be a harvest must not become the measure of the account. */
    private void freezeBaseline(AccountEntry entry, long hour) {
        AccountState state = entry.state;
        if (state.own.isEmpty()
                && state.alerts.open().isEmpty()
                && state.requests >= OwnBaseline.LEAST_PROMPTS
                && state.clockMs - state.firstEventMs >= OwnBaseline.LEAST_SPAN.toMillis()) {
            state.own = OwnBaseline.of(store.panes(entry, hour), hour);
        }
    }

    private AccountWindows windows(AccountEntry entry, long hour) {
        return new AccountWindows(store, entry, hour, reference, options.partitions());
    }

    private static long dayRequests(AccountEntry entry, long hour) {
        return entry.state.hours.requests(hour - DAY.toHours() + 1, hour);
    }

    private void evaluate(AccountEntry entry, long hour, long timeMs) {
        AccountState state = entry.state;
        AccountWindows windows = windows(entry, hour);
        Assessment assessment = signatures.assess(windows, live::failed);
        List<Finding> findings = assessment.findings();
        listener.evaluated(entry.account, timeMs, findings, windows);
        long requests = dayRequests(entry, hour);
        state.nextStep = requests + Math.max(FIRST_STEP / 2, requests / STEP_DIVISOR);
        state.changedSinceEvaluation = false;
        Unalerted.Split split = split(entry, assessment, timeMs);
        decide(entry, split.alerting(), timeMs, windows);
        shadows.advance(ShadowFindings.Entity.of(entry), split.silent(), id -> true, timeMs);
    }

    /** Takes the result of a look with all signatures. */
    private void decide(AccountEntry entry, List<Finding> alerting, long timeMs, AccountWindows windows) {
        if (alerting.isEmpty() && closeAllowed(entry, timeMs)) {
            return;
        }
        List<String> examples = alerting.isEmpty() ? List.of() : examples(windows, alerting.get(0));
        step(entry, alerting, timeMs, examples);
    }

    private Unalerted.Split split(AccountEntry entry, Assessment assessment, long timeMs) {
        return Unalerted.split(assessment.findings(), assessment.shadowed(), allowed(entry, timeMs));
    }

    /** The entry of the allowlist that lets a signature pass for an account. */
    private Function<String, Optional<AllowlistEntry>> allowed(AccountEntry entry, long timeMs) {
        Allowlist allowlist = allowed.allowlist();
        if (allowlist.isEmpty()) {
            return id -> Optional.empty();
        }
        List<Allowlist.Subject> subjects = subjects(entry);
        return id -> allowlist.allows(subjects, id, timeMs);
    }

    private static List<Allowlist.Subject> subjects(AccountEntry entry) {
        AccountState state = entry.state;
        List<Allowlist.Subject> subjects = new ArrayList<>();
        subjects.add(Allowlist.Subject.account(entry.account));
        if (state.organization != 0) {
            subjects.add(AllowlistValue.organization(state.organization));
        }
        for (LinkKey key : state.links.keys(state.requests)) {
            subjects.add(AllowlistValue.linkKey(key.kind().id(), key.hash()));
        }
        return subjects;
    }

    /** Closes the account's alert if all its findings are allowed; says whether it has. */
    private boolean closeAllowed(AccountEntry entry, long timeMs) {
        if (allowed.allowlist().isEmpty() || entry.state.alerts.open().isEmpty()) {
            return false;
        }
        AlertLifecycle.Step step = lifecycle.allow(
                entry.state.alerts, observation(entry, List.of(), timeMs, List.of()), allowed(entry, timeMs));
        take(entry, step);
        return step.alert().isPresent();
    }

    /**
     * Looks at an account because signatures or the allowlist changed: at its windows as they stand by the partition's
     * clock, and only with the signatures that changed, as the rest has been said, unless a changed entry of the allowlist
     * may be about it. When it is looked at otherwise stays as it was.
     */
    private void lookAgain(String account, SecondLook.Change change) {
        AccountEntry seen = store.peek(account).orElseThrow();
        boolean all = concerns(change.entries(), seen);
        SignatureSet asked = all ? signatures : change.signatures();
        long hour =
                Math.max(seen.state.currentHour, EventTime.hourOf(store.clock().nowMs()));
        if (!all
                && (asked.signatures().isEmpty() && !anyGone(seen)
                        || seen.state.alerts.open().isEmpty()
                                && seen.state.shadows.isEmpty()
                                && !asked.hasEnough(windows(seen, hour)))) {
            return;
        }
        AccountEntry entry = store.open(account);
        AccountState state = entry.state;
        long timeMs = nowMs(entry);
        AccountWindows windows = windows(entry, hour);
        Assessment assessment = asked.assess(windows, live::failed);
        Unalerted.Split split = split(entry, assessment, timeMs);
        if (!split.alerting().isEmpty()) {
            step(
                    entry,
                    split.alerting(),
                    timeMs,
                    examples(windows, split.alerting().get(0)));
        } else if (!closeAllowed(entry, timeMs)) {
            take(
                    entry,
                    lifecycle.withdraw(
                            state.alerts, observation(entry, List.of(), timeMs, List.of()), signatures::mayAlert));
        }
        shadows.advance(
                ShadowFindings.Entity.of(entry),
                split.silent(),
                id -> all || asked.named(id).isPresent() || signatures.named(id).isEmpty(),
                timeMs);
        setTimer(entry, EventTime.minuteOf(store.clock().nowMs()));
    }

    /** Whether what it has alerted or held back rests on a signature that is no more, or may not alert any more. */
    private boolean anyGone(AccountEntry entry) {
        return entry.state.alerts.open().stream()
                        .flatMap(alert -> alert.getFindings().stream())
                        .anyMatch(finding -> !signatures.mayAlert(finding.getSignatureId()))
                || entry.state.shadows.held().keySet().stream()
                        .anyMatch(id -> signatures.named(id).isEmpty());
    }

    /** Whether changed entries of the allowlist may make a difference: where nothing was found they make none. */
    private boolean concerns(Set<String> entries, AccountEntry entry) {
        return !entries.isEmpty()
                && (!Collections.disjoint(entry.state.shadows.allowedBy(), entries)
                        || entry.state.alerts.open().isPresent()
                                && allowed.allowlist().mentions(subjects(entry)));
    }

    /** Event time of something that comes from outside of the requests: not before the account's last look. */
    private long nowMs(AccountEntry entry) {
        AccountState state = entry.state;
        return Math.max(
                store.clock().nowMs(), Math.min(state.clockMs, (state.currentHour + 1) * EventTime.HOUR_MS - 1));
    }

    /** Takes the orders of analysts that have come since the last time, about accounts of this partition. */
    private void obeyOrders() {
        long taken = store.ordersTaken();
        if (triage.end() == taken) {
            return;
        }
        // A topic that was made anew begins at 0 again.
        LiveTriage.Batch batch = triage.after(triage.end() < taken ? -1 : taken, LiveTriage.ABOUT_ALERTS);
        for (LiveTriage.Order order : batch.orders()) {
            if (order.mayConcern("account")) {
                obey(order);
            }
        }
        store.setOrdersTaken(batch.end());
        context.commit();
    }

    private void obey(LiveTriage.Order order) {
        String account = order.entityId();
        if (store.knows(account)
                && !store.peek(account).orElseThrow().state.alerts.isEmpty()) {
            AccountEntry entry = store.open(account);
            AccountState state = entry.state;
            AlertLifecycle.Step step = lifecycle.obey(
                    state.alerts, order.record(), new Moment(nowMs(entry), state.requests, state.outputTokens));
            take(entry, step);
            orders.took(step.alert().isPresent());
            setTimer(entry, EventTime.minuteOf(store.clock().nowMs()));
        } else if (Topics.partitionOf(account, options.partitions())
                == context.taskId().partition()) {
            orders.took(false);
        }
    }

    private static List<String> examples(AccountWindows windows, Finding finding) {
        Part part = Part.named(finding.getStrand()).orElse(Part.WHOLE);
        return part.of(windows.profile(Duration.parse(finding.getWindow())))
                .map(Profile::exampleEventIds)
                .orElseGet(List::of);
    }

    private void step(AccountEntry entry, List<Finding> findings, long timeMs, List<String> examples) {
        take(entry, lifecycle.advance(entry.state.alerts, observation(entry, findings, timeMs, examples)));
    }

    private static Observation observation(
            AccountEntry entry, List<Finding> findings, long timeMs, List<String> examples) {
        AccountState state = entry.state;
        return new Observation(
                "account",
                entry.account,
                timeMs,
                findings,
                state.firstEventMs,
                state.requests,
                state.outputTokens,
                examples);
    }

    private void take(AccountEntry entry, AlertLifecycle.Step step) {
        entry.state.alerts = step.memory();
        step.alert().ifPresent(alert -> {
            if (AlertLifecycle.opens(alert)) {
                earlyCommit.published();
            }
            forwarder.publish(alert);
        });
    }
}
