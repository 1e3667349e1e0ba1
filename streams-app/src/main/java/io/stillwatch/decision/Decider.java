package io.stillwatch.decision;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.MessageTypes;
import io.stillwatch.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what gateways should do about accounts.
 *
 * <p>An account's decision is the hardest measure that any alert asks for: its own, and those of campaigns it is a member
 * of, unless they have been lifted or their time is over. It depends on the policy, on the order of alert steps, members and
 * orders, and on event time alone, so a replay decides the same.
 *
 * <p>The ceiling counts accounts by the clock hour of event time in which they come to be blocked. One that was blocked
 * already stays so without being counted again.
 */
public final class Decider {
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final String CAMPAIGNS = "campaigns";
    private static final int MOST_IDS_SAID = 3;

    static {
        // Decisions are compared with stored ones, which Avro refuses to read for classes it was not told of.
        MessageTypes.trust();
    }

    private final Policy policy;
    private final DeciderState state;
    private final int mostAccounts;
    private final Optional<DelayDraw> delays;
    private long refused;

    /**
     * Makes a decider that goes on where its state ends.
     *
     * @param key secret that delays are derived from; else a random one is kept in the state
     * @param random gives that one
     * @param mostAccounts accounts with a decision at most; nothing is decided about further ones
     */
    public Decider(Policy policy, Optional<byte[]> key, Supplier<byte[]> random, DeciderState state, int mostAccounts) {
        this.policy = policy;
        this.state = state;
        this.mostAccounts = mostAccounts;
        if (policy.delay().isPresent() && key.isEmpty() && state.secret().length == 0) {
            state.putSecret(random.get());
        }
        this.delays = policy.delay().map(range -> new DelayDraw(range, key.orElseGet(state::secret)));
    }

    /** An alert's wish for an account. */
    private record Candidate(AlertCase alert, PolicyRule rule, long validUntilMs) {
        private static final Comparator<Candidate> WEAKEST_FIRST = ((Comparator<Candidate>) Candidate::byMeasure)
                .thenComparingLong(Candidate::validUntilMs)
                .thenComparing(candidate -> candidate.alert().alertId());

        private static int byMeasure(Candidate one, Candidate other) {
            Measure first = one.rule().measure();
            Measure second = other.rule().measure();
            return first.isHarderThan(second) ? 1 : second.isHarderThan(first) ? -1 : 0;
        }
    }

    /** Decides everything anew where the policy is another than before; to be called before anything else. */
    public List<Change> adoptPolicy() {
        List<Change> changes = new ArrayList<>();
        if (state.policy() == policy.fingerprint()) {
            return changes;
        }
        state.putPolicy(policy.fingerprint());
        TreeSet<String> accounts = new TreeSet<>(state.accounts().keySet());
        state.alerts().forEach(alert -> accounts.addAll(affected(alert)));
        long nowMs = state.clock().bestMs();
        // What was only rehearsed has blocked nobody, so it must not get past the ceiling.
        accounts.forEach(account -> reconsider(account, nowMs, true, "the policy is now " + policy.label(), changes));
        return changes;
    }

    /** Takes in a step of an alert's life. */
    public List<Change> alert(Alert step) {
        List<Change> changes = new ArrayList<>();
        Optional<AlertCase> known = state.alert(step.getAlertId());
        if (known.filter(before -> step.getSequence() <= before.sequence()).isPresent()) {
            return changes;
        }
        state.observe(AlertCase.entityKey(step.getEntityType(), step.getEntityId()), step.getTime());
        switch (Closing.of(step)) {
            case NONE -> {
                AlertCase now = open(step, known);
                state.put(now);
                decide(affected(now), step.getTime(), "alert " + step.getAlertId() + " goes on without it", changes);
            }
            case QUIET -> known.ifPresent(before -> state.put(before.closedAt(step.getSequence())));
            case TAKEN_BACK ->
                known.ifPresent(before -> {
                    state.remove(before);
                    decide(affected(before), step.getTime(), takenBack(step), changes);
                });
        }
        lapse(changes);
        return changes;
    }

    private AlertCase open(Alert step, Optional<AlertCase> known) {
        boolean anew = step.getState() == AlertState.OPENED || step.getState() == AlertState.REOPENED;
        if (anew) {
            state.uncover(step.getAlertId());
        }
        AlertCase now = AlertCase.of(step, Optional.empty());
        Optional<Cover> lifted = anew ? Optional.empty() : known.flatMap(AlertCase::lifted);
        return AlertCase.of(step, lifted.filter(cover -> cover.covers(now)));
    }

    private static String takenBack(Alert step) {
        return "alert " + step.getAlertId()
                + (step.getDisposition() == null
                        ? " rests on nothing that may alert any more"
                        : " was found to be " + step.getDisposition().replace('_', ' '));
    }

    /**
     * Takes in that an account belongs to a campaign, or no longer does.
     *
     * @param member what is said of it; empty when it has left
     * @param timeMs event time, milliseconds since 1970
     */
    public List<Change> member(String campaign, String account, Optional<CampaignMember> member, long timeMs) {
        List<Change> changes = new ArrayList<>();
        state.observe(CAMPAIGNS, timeMs);
        member.ifPresentOrElse(
                joined -> state.join(campaign, account, joined.getConfidence()), () -> state.leave(campaign, account));
        reconsider(account, timeMs, false, "it is no member of campaign " + campaign + " any more", changes);
        lapse(changes);
        return changes;
    }

    /** Carries out an order to lift decisions; any other order, and one that was carried out before, changes nothing. */
    public List<Change> order(TriageRecord order) {
        List<Change> changes = new ArrayList<>();
        if (order.getAction() != TriageAction.LIFT || !state.isNewOrder(order.getId())) {
            return changes;
        }
        TreeSet<String> accounts = new TreeSet<>();
        for (AlertCase alert : state.alerts()) {
            if (order.getEntityId() == null && matches(order, alert) && isSince(order, alert.timeMs())) {
                state.put(alert.liftedAsOfNow());
                accounts.addAll(affected(alert));
            }
        }
        state.accounts().forEach((account, decided) -> {
            if ((order.getEntityId() == null || order.getEntityId().equals(account))
                    && isSince(order, decided.decision().getDecidedAt())) {
                accounts.add(account);
                asking(account).stream()
                        .filter(alert -> matches(order, alert))
                        .forEach(alert -> state.cover(account, alert));
            }
        });
        decide(accounts, state.clock().bestMs(), lifted(order), changes);
        return changes;
    }

    private static boolean matches(TriageRecord order, AlertCase alert) {
        return (order.getAlertId() == null || order.getAlertId().equals(alert.alertId()))
                && (order.getSignatureId() == null || alert.signatureIds().contains(order.getSignatureId()));
    }

    private static boolean isSince(TriageRecord order, long timeMs) {
        return order.getSince() == null || timeMs >= order.getSince();
    }

    private static String lifted(TriageRecord order) {
        return "lifted by " + Printable.identifier(order.getBy())
                + (order.getReason().isBlank() ? "" : ": " + Printable.text(order.getReason(), 200));
    }

    /** Accounts about which nothing was decided, as there is no room for more; count. */
    public long refused() {
        return refused;
    }

    private List<String> affected(AlertCase alert) {
        return alert.isCampaign() ? state.members(alert.entityId()) : List.of(alert.entityId());
    }

    /** The alerts that are about an account or a campaign of its. */
    private List<AlertCase> asking(String account) {
        List<AlertCase> alerts = new ArrayList<>(state.alertsAbout(AlertCase.entityKey("account", account)));
        for (String campaign : state.campaignsOf(account)) {
            alerts.addAll(state.alertsAbout(AlertCase.campaignKey(campaign)));
        }
        return alerts;
    }

    private void decide(Iterable<String> accounts, long timeMs, String why, List<Change> changes) {
        for (String account : accounts) {
            reconsider(account, timeMs, false, why, changes);
        }
    }

    /** Lets go what event time has passed. */
    private void lapse(List<Change> changes) {
        if (!state.clock().isKnown()) {
            return;
        }
        long nowMs = state.clock().nowMs();
        for (Optional<String> account = state.lapsed(nowMs); account.isPresent(); account = state.lapsed(nowMs)) {
            reconsider(account.get(), nowMs, false, "its time is over", changes);
        }
        long longest = policy.rules().stream()
                .mapToLong(rule -> rule.valid().toMillis())
                .max()
                .orElse(0);
        for (AlertCase alert : state.closedBy(nowMs - longest)) {
            state.remove(alert);
        }
    }

    private Optional<Candidate> hardest(String account) {
        if (policy.mode() == Policy.Mode.OBSERVE) {
            return Optional.empty();
        }
        return asking(account).stream()
                .filter(alert -> !state.isCovered(account, alert))
                .flatMap(alert -> candidate(account, alert).stream())
                .filter(candidate -> candidate.validUntilMs() > state.clock().nowMs())
                .max(Candidate.WEAKEST_FIRST);
    }

    private Optional<Candidate> candidate(String account, AlertCase alert) {
        double sure = alert.isCampaign() ? state.confidence(alert.entityId(), account) : 1;
        return policy.rules().stream()
                .filter(rule -> rule.fits(alert, sure))
                .findFirst()
                .filter(rule -> rule.measure().action() != DecisionAction.ALLOW)
                .map(rule ->
                        new Candidate(alert, rule, alert.timeMs() + rule.valid().toMillis()));
    }

    /** @param adopting whether what has not been published does not count as decided */
    private void reconsider(String account, long timeMs, boolean adopting, String why, List<Change> changes) {
        Optional<AccountCase> before = state.account(account);
        Optional<AccountCase> made = before.filter(decided -> !adopting || decided.published());
        Optional<Candidate> hardest = hardest(account);
        if (hardest.isEmpty()) {
            before.ifPresent(decided -> {
                state.removeAccount(account);
                changes.add(new Change(
                        account, Optional.empty(), decided.rule(), timeMs, decided.published(), false, false, why));
            });
            return;
        }
        if (before.isEmpty() && state.accounts().size() >= mostAccounts) {
            refused++;
            return;
        }
        publish(account, timeMs, made, hardest.get(), changes);
    }

    private void publish(
            String account, long timeMs, Optional<AccountCase> made, Candidate wish, List<Change> changes) {
        boolean wasBlocked = made.filter(AccountCase::blocks).isPresent();
        boolean wasBeyond = made.filter(AccountCase::beyondCeiling).isPresent();
        long hour = Math.floorDiv(timeMs, HOUR_MS);
        Measure measure = wish.rule().measure();
        boolean blocks = measure.action() == DecisionAction.BLOCK;
        boolean granted =
                !blocks || wasBlocked || state.grantBlock(hour, policy.ceiling().blocksAnHour());
        if (!granted) {
            measure = policy.ceiling().beyond();
            if (!wasBeyond) {
                state.beyondCeiling(hour);
            }
        }
        boolean enforced = policy.mode() == Policy.Mode.ENFORCE;
        Decision decision = decision(account, timeMs, made, wish, measure, granted);
        AccountCase now = new AccountCase(decision, wish.rule().name(), enforced, !granted);
        boolean sameAsBefore = made.filter(before -> before.published() == enforced
                        && before.beyondCeiling() == !granted
                        && isSame(before.decision(), decision))
                .isPresent();
        if (sameAsBefore) {
            return;
        }
        if (made.filter(before -> before.published() && !enforced).isPresent()) {
            changes.add(new Change(
                    account,
                    Optional.empty(),
                    now.rule(),
                    timeMs,
                    true,
                    false,
                    false,
                    "the policy is now " + policy.label()));
        }
        state.put(account, now);
        changes.add(new Change(
                account,
                Optional.of(decision),
                now.rule(),
                timeMs,
                enforced,
                now.blocks() && !wasBlocked,
                !granted && !wasBeyond,
                decision.getReason()));
    }

    private Decision decision(
            String account, long timeMs, Optional<AccountCase> made, Candidate wish, Measure measure, boolean granted) {
        AlertCase alert = wish.alert();
        return Decision.newBuilder()
                .setAccountId(account)
                .setAction(measure.action())
                .setRate(measure.rate() > 0 ? measure.rate() : null)
                .setDecidedAt(timeMs)
                .setValidUntil(wish.validUntilMs())
                .setAlertId(alert.alertId())
                .setReason(reason(wish, measure, granted))
                .setEffectiveFrom(effectiveFrom(account, alert.alertId(), timeMs, made))
                .setSeverity(alert.severity().id())
                .setScore(alert.score())
                .setCampaignId(alert.isCampaign() ? alert.entityId() : null)
                .setSignatureIds(alert.signatureIds())
                .setPolicy(policy.label())
                .build();
    }

    /** A later decision must not begin later than the one that it replaces: that would be a pause for the attacker. */
    private @Nullable Long effectiveFrom(String account, String alertId, long timeMs, Optional<AccountCase> made) {
        if (delays.isEmpty()
                || made.filter(before -> before.decision().getEffectiveFrom() == null)
                        .isPresent()) {
            return null;
        }
        long own = timeMs + delays.get().delayMs(account, alertId);
        return made.map(before -> Math.min(before.decision().getEffectiveFrom(), own))
                .orElse(own);
    }

    private String reason(Candidate wish, Measure measure, boolean granted) {
        AlertCase alert = wish.alert();
        List<String> ids = alert.signatureIds();
        String found = String.join(", ", ids.subList(0, Math.min(MOST_IDS_SAID, ids.size())))
                + (ids.size() > MOST_IDS_SAID ? " and " + (ids.size() - MOST_IDS_SAID) + " more" : "");
        String about =
                alert.isCampaign() ? "Member of campaign " + Printable.identifier(alert.entityId()) + ", a" : "A";
        return about + "lert " + alert.alertId() + " of severity "
                + alert.severity().id() + " (" + found
                + "): rule " + wish.rule().name() + " says "
                + wish.rule().measure().words()
                + (granted
                        ? "."
                        : "; " + measure.words() + " instead, as "
                                + policy.ceiling().blocksAnHour() + " accounts were blocked in this hour already.");
    }

    /** Whether two decisions differ in nothing but when they were made. */
    private static boolean isSame(Decision one, Decision other) {
        return one.getAction() == other.getAction()
                && Objects.equals(one.getRate(), other.getRate())
                && Objects.equals(one.getValidUntil(), other.getValidUntil())
                && Objects.equals(one.getAlertId(), other.getAlertId())
                && Objects.equals(one.getEffectiveFrom(), other.getEffectiveFrom())
                && one.getReason().equals(other.getReason())
                && Double.compare(one.getScore(), other.getScore()) == 0
                && one.getSignatureIds().equals(other.getSignatureIds())
                && one.getPolicy().equals(other.getPolicy());
    }
}
