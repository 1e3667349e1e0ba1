package io.stillwatch.topology.account;

import io.stillwatch.account.AccountCourse;
import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.AccountLook;
import io.stillwatch.account.AccountState;
import io.stillwatch.account.AccountWindows;
import io.stillwatch.account.Detour;
import io.stillwatch.account.EventTime;
import io.stillwatch.account.PaneTimeline;
import io.stillwatch.account.PartitionClock;
import io.stillwatch.account.SourceLedger;
import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.Allowlist;
import io.stillwatch.alert.AllowlistValue;
import io.stillwatch.alert.Observation;
import io.stillwatch.alert.SoFar;
import io.stillwatch.campaign.LinkKey;
import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.metrics.TaskSample;
import io.stillwatch.profile.EntityType;
import io.stillwatch.profile.Loss;
import io.stillwatch.profile.Part;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.signature.Assessment;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.alerting.AlertForwarder;
import io.stillwatch.topology.alerting.ShadowFindings;
import io.stillwatch.topology.alerting.Shadowed;
import io.stillwatch.topology.control.BaselineInUse;
import io.stillwatch.topology.control.LiveAllowlist;
import io.stillwatch.topology.control.LiveBaseline;
import io.stillwatch.topology.control.LiveSignatures;
import io.stillwatch.topology.control.LiveTriage;
import io.stillwatch.topology.control.OrderDesk;
import io.stillwatch.topology.control.Rules;
import io.stillwatch.topology.control.TriageReport;
import io.stillwatch.topology.record.EndOfInput;
import io.stillwatch.topology.record.LateEventException;
import io.stillwatch.topology.record.SentOn;
import io.stillwatch.topology.record.Unreadable;
import io.stillwatch.topology.state.AccountCache;
import io.stillwatch.topology.state.AccountStore;
import io.stillwatch.topology.state.EarlyCommit;
import io.stillwatch.topology.state.OriginCheck;
import io.stillwatch.topology.state.PaneStore;
import io.stillwatch.topology.topics.StoreNames;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

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
public final class ProfileProcessor implements Processor<String, Object, String, Object>, AccountCourse.Moments {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);
    private static final Duration SIGNATURES_EVERY = Duration.ofMillis(250);

    private final PipelineOptions options;
    private final LiveSignatures live;
    private final LiveBaseline liveBaseline;
    private final LiveAllowlist liveAllowlist;
    private final LiveTriage triage;
    private final Outputs outputs;
    private final EvaluationListener listener;
    private ProcessorContext<String, Object> context;
    private AccountStore store;
    private AccountCourse course;
    private AccountLook look;
    private PaneStore panes;
    private PipelineMeters meters;
    private PipelineMeters.Task task;
    private @Nullable SignatureSet told;
    private int toldUnreadable;
    private long newAccounts;
    private String source = SourceLedger.OTHERS;
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
    private Rules rules;
    private BaselineInUse baseline;
    private OrderDesk desk;

    /**
     * Names of the nodes that take what this one gives.
     *
     * @param alerts nodes that take alerts
     * @param profiles node that takes profile snapshots
     * @param losses node that takes lines of the loss ledger
     * @param findings node that takes shadow findings
     * @param links node that takes what accounts share; there is none where campaigns are not looked for
     */
    public record Outputs(List<String> alerts, String profiles, String losses, String findings, String links) {}

    public ProfileProcessor(
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
        this.outputs = outputs;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = processorContext.getStateStore(StoreNames.ACCOUNTS);
        panes = processorContext.getStateStore(StoreNames.PANES);
        PaneTimeline timeline = new PaneTimeline(panes);
        meters = PipelineMeters.of(processorContext.appConfigs());
        task = meters.begin();
        store.connect(timeline);
        look = new AccountLook(timeline, store.active(), options.partitions());
        course = new AccountCourse(
                options.accountRules(),
                store.clock(),
                store,
                store.active(),
                timeline,
                look,
                () -> baseline.reference().answers(),
                this);
        report = new LossReport(processorContext, outputs.losses());
        // Nothing is decided here: the ledger is only shown now and then.
        processorContext.schedule(REPORT_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            report.publish(store);
            tellMeters();
            if (course.secondPassed()) {
                timeWentOn();
            }
            if (options.campaigns() && !options.endTold()) {
                links.secondPassed();
            }
            if (earlyCommit.due(store.hasUnwritten())) {
                processorContext.commit();
            }
        });
        shadows = new ShadowFindings(processorContext, outputs.findings(), options.quietTime());
        origin = OriginCheck.of(
                processorContext, List.of(StoreNames.ACCOUNTS, StoreNames.PANES), store::origin, store::setOrigin);
        links = new LinkReport(processorContext, outputs.links(), store);
        secondLook = new SecondLook(store);
        forwarder = new AlertForwarder(processorContext, outputs.alerts());
        ReadOnlyKeyValueStore<String, byte[]> published = processorContext.getStateStore(LiveSignatures.STORE);
        orders = new TriageReport(processorContext);
        desk = new OrderDesk(context, triage, EntityType.ACCOUNT, store::ordersTaken, store::setOrdersTaken);
        baseline = new BaselineInUse(context, liveBaseline, options.quietTime());
        readRules(published);
        processorContext.schedule(SIGNATURES_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            origin.settle();
            baseline.refresh();
            readRules(published);
            secondLook.goOn(rules, this::lookAgain);
            desk.take(this::obey);
        });
    }

    private void readRules(ReadOnlyKeyValueStore<String, byte[]> published) {
        signatures = live.read(published);
        allowed = liveAllowlist.read();
        rules = new Rules(signatures, allowed);
        report.unreadableDefinitions(live.unreadable());
    }

    private void tellMeters() {
        PartitionClock clock = store.clock();
        AccountCache cache = store.cache();
        task.sample()
                .accounts(
                        clock.vouched() ? clock.nowMs() : TaskSample.NO_TIME,
                        store.approximateAccounts(),
                        panes.approximatePanes(),
                        cache.entries().size(),
                        cache.weight());
        meters.asked(store.takeHits(), store.takeMisses());
        meters.met(newAccounts);
        newAccounts = 0;
        if (signatures != told || live.unreadable() != toldUnreadable) {
            told = signatures;
            toldUnreadable = live.unreadable();
            meters.signatures(
                    signatures.signatures().stream()
                            .map(CompiledSignature::signature)
                            .collect(Collectors.toMap(
                                    Signature::id,
                                    signature -> signature.severity().id())),
                    toldUnreadable);
        }
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
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
        store.clockMoved();
        if (record.value() instanceof SentOn sentOn) {
            store.clock().expect(sentOn.detour());
            return;
        }
        if (record.value() instanceof EndOfInput end) {
            take(end);
        } else {
            take((RequestFingerprint) record.value(), source, SentOn.read(record.headers()));
            tellTime();
        }
        store.relieve();
    }

    private void take(EndOfInput end) {
        if (!end.over()) {
            course.passTo(end.timeMs());
            tellTime();
            return;
        }
        course.end(end.timeMs());
        if (options.campaigns()) {
            links.end();
        }
    }

    private void timeWentOn() {
        store.clockMoved();
        tellTime();
        store.relieve();
    }

    private void tellTime() {
        PartitionClock clock = store.clock();
        if (options.campaigns() && clock.started()) {
            links.passTo(EventTime.minuteOf(clock.nowMs()));
        }
    }

    private void take(RequestFingerprint request, String from, Optional<Detour> detour) {
        source = from;
        AccountCourse.Outcome outcome = course.take(request, detour);
        if (outcome instanceof AccountCourse.Outcome.Late late) {
            report.lost(store.ledger(), source, Loss.LATE);
            throw new LateEventException(request.getEventTime(), late.clockMs(), options.grace());
        } else if (outcome instanceof AccountCourse.Outcome.Repeated) {
            report.lost(store.ledger(), source, Loss.DUPLICATE);
        }
    }

    private void loseUnreadable(String account, String source) {
        report.lost(store.ledger(), source, Loss.UNREADABLE);
        if (account != null && store.knows(account)) {
            AccountEntry entry = store.open(account);
            course.lost(entry, entry.state.currentHour, Loss.UNREADABLE);
        }
    }

    @Override
    public void counted(AccountEntry entry, RequestFingerprint request, long currentHour) {
        report.counted(store.ledger(), source);
        if (entry.state.requests == 1) {
            newAccounts++;
        }
        if (options.campaigns()) {
            entry.state.links.add(request);
            if (links.isDue(entry)) {
                links.tell(entry, windows(entry, currentHour));
            }
        }
    }

    @Override
    public void noted(AccountEntry entry, Loss kind, long records) {
        report.noted(store.ledger(), source, kind, records);
    }

    @Override
    public long alertQuietMinute(AccountEntry entry) {
        return entry.state.alerts.open().isPresent()
                ? EventTime.minuteOf(baseline.lifecycle().closesAtMs(entry.state.alerts)) + 1
                : AccountState.NO_TIMER;
    }

    @Override
    public long shadowsQuietMinute(AccountEntry entry) {
        return shadows.quietMinute(entry.state.shadows);
    }

    /** Closes the account's alert at the minute it was due, whether its own event or somebody else's shows that. */
    @Override
    public void closeQuietAlert(AccountEntry entry, long timeMs) {
        long minute = alertQuietMinute(entry);
        if (minute != AccountState.NO_TIMER && minute * EventTime.MINUTE_MS <= timeMs) {
            step(entry, List.of(), minute * EventTime.MINUTE_MS, List.of());
        }
    }

    @Override
    public void endQuietShadows(AccountEntry entry, long timeMs) {
        entry.state.shadows = shadows.endQuiet(ShadowFindings.Entity.of(entry), timeMs);
    }

    @Override
    public void paneClosed(AccountEntry entry, long hour) {
        if (options.campaigns() && links.isDueAtClose(entry)) {
            links.tell(entry, windows(entry, hour));
        }
        if (AccountLook.isTelling(entry, hour)) {
            context.forward(ProfileSnapshots.record(entry.account, windows(entry, hour), DAY), outputs.profiles());
        }
        store.weigh(entry);
    }

    private AccountWindows windows(AccountEntry entry, long hour) {
        return look.windows(entry, hour, baseline.reference());
    }

    @Override
    public void look(AccountEntry entry, long hour, long timeMs) {
        long beganNanos = System.nanoTime();
        AccountWindows windows = windows(entry, hour);
        Assessment assessment = signatures.assess(windows, live::failed);
        List<Finding> findings = assessment.findings();
        meters.looked(System.nanoTime() - beganNanos);
        findings.forEach(found -> meters.found(found.getSignatureId(), found.getSeverity()));
        assessment.shadowed().forEach(found -> meters.found(found.getSignatureId(), found.getSeverity()));
        listener.evaluated(entry.account, timeMs, findings, windows);
        store.weigh(entry);
        Shadowed.Split split = split(entry, assessment, timeMs);
        decide(entry, split.alerting(), timeMs, windows);
        entry.state.shadows = shadows.advance(ShadowFindings.Entity.of(entry), split.silent(), id -> true, timeMs);
    }

    /** Takes the result of a look with all signatures. */
    private void decide(AccountEntry entry, List<Finding> alerting, long timeMs, AccountWindows windows) {
        if (alerting.isEmpty() && closeAllowed(entry, timeMs)) {
            return;
        }
        List<String> examples = alerting.isEmpty() ? List.of() : examples(windows, alerting.get(0));
        step(entry, alerting, timeMs, examples);
    }

    private Shadowed.Split split(AccountEntry entry, Assessment assessment, long timeMs) {
        Shadowed.Split split = Shadowed.split(assessment.findings(), assessment.shadowed(), allowed(entry, timeMs));
        meters.allowed(split.silent().size() - assessment.shadowed().size());
        return split;
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
        AlertLifecycle.Step step = baseline.lifecycle()
                .allow(entry.state.alerts, observation(entry, List.of(), timeMs, List.of()), allowed(entry, timeMs));
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
        Shadowed.Split split = split(entry, assessment, timeMs);
        if (!split.alerting().isEmpty()) {
            step(
                    entry,
                    split.alerting(),
                    timeMs,
                    examples(windows, split.alerting().get(0)));
        } else if (!closeAllowed(entry, timeMs)) {
            take(
                    entry,
                    baseline.lifecycle()
                            .withdraw(
                                    state.alerts,
                                    observation(entry, List.of(), timeMs, List.of()),
                                    signatures::mayAlert));
        }
        entry.state.shadows = shadows.advance(
                ShadowFindings.Entity.of(entry),
                split.silent(),
                id -> all || asked.named(id).isPresent() || signatures.named(id).isEmpty(),
                timeMs);
        course.setTimer(entry, EventTime.minuteOf(store.clock().nowMs()));
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

    private void obey(LiveTriage.Order order) {
        String account = order.entityId();
        if (store.knows(account)
                && !store.peek(account).orElseThrow().state.alerts.isEmpty()) {
            AccountEntry entry = store.open(account);
            AccountState state = entry.state;
            AlertLifecycle.Step step = baseline.lifecycle()
                    .obey(state.alerts, order.record(), new SoFar(nowMs(entry), state.requests, state.outputTokens));
            take(entry, step);
            orders.took(step.alert().isPresent());
            course.setTimer(entry, EventTime.minuteOf(store.clock().nowMs()));
        } else if (Topics.partitionOf(account, options.partitions())
                == context.taskId().partition()) {
            orders.took(false);
        }
    }

    private static List<String> examples(AccountWindows windows, Finding finding) {
        Part part = Part.named(finding.getStrand()).orElse(Part.WHOLE);
        return windows.subject(Duration.parse(finding.getWindow()), part)
                .map(subject -> subject.profile().exampleEventIds())
                .orElseGet(List::of);
    }

    private void step(AccountEntry entry, List<Finding> findings, long timeMs, List<String> examples) {
        take(entry, baseline.lifecycle().advance(entry.state.alerts, observation(entry, findings, timeMs, examples)));
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
