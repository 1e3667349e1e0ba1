package io.stillwatch.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds of decisions whatever happens, in whatever order and at whatever event times. */
class DeciderLawsTest {
    private static final int CEILING = 2;
    private static final Policy POLICY = PolicyReader.read("p.yaml", """
            name: laws
            version: 1
            mode: enforce
            rules:
              - {name: block, severity: high, action: block, valid: PT3H}
              - {name: slow, severity: low, action: throttle, rate: 20, valid: PT1H}
            ceiling: {blocks_an_hour: 2}
            delay: {from: PT1M, to: PT10M}
            """);

    private enum Kind {
        FOUND,
        CAMPAIGN_FOUND,
        QUIET,
        WITHDRAWN,
        FALSE_POSITIVE,
        JOIN,
        LEAVE,
        LIFT_ACCOUNT,
        LIFT_SIGNATURE,
        LIFT_ALERT,
        LIFT_ALL
    }

    /** Something that happens. */
    record Event(Kind kind, int who, int campaign, Severity severity, int signature, long timeMs, boolean restart) {}

    @Provide
    Arbitrary<List<Event>> lives() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Kind.FOUND)),
                Tuple.of(3, Arbitraries.just(Kind.CAMPAIGN_FOUND)),
                Tuple.of(4, Arbitraries.just(Kind.JOIN)),
                Tuple.of(4, Arbitraries.of(Kind.class)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(Severity.class),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.of(true, false, false))
                .as((kind, who, campaign, severity, signature, minute, restart) ->
                        new Event(kind, who, campaign, severity, signature, Steps.START_MS + minute * 60_000L, restart))
                .list()
                .ofMaxSize(80);
    }

    private static void play(List<Event> life, Desk desk, Steps steps, boolean restarting) {
        for (Event event : life) {
            happen(event, desk, steps);
            if (restarting && event.restart()) {
                desk.start(POLICY);
            }
        }
    }

    private static void happen(Event event, Desk desk, Steps steps) {
        String account = "a" + event.who();
        String campaign = "c-" + event.campaign();
        String signature = "s-" + event.signature();
        switch (event.kind()) {
            case FOUND -> desk.alert(steps.found("account", account, event.severity(), 0.9, event.timeMs(), signature));
            case CAMPAIGN_FOUND ->
                desk.alert(steps.found("campaign", campaign, event.severity(), 0.9, event.timeMs(), signature));
            case QUIET -> {
                if (steps.isOpen("account", account)) {
                    desk.alert(steps.quiet("account", account, event.timeMs()));
                }
            }
            case WITHDRAWN -> {
                if (steps.isOpen("campaign", campaign)) {
                    desk.alert(steps.withdrawn("campaign", campaign, event.timeMs()));
                }
            }
            case FALSE_POSITIVE -> {
                if (steps.isOpen("account", account)) {
                    desk.alert(steps.judged("account", account, event.timeMs(), "false_positive"));
                }
            }
            case JOIN -> desk.join(campaign, account, event.who() / 10.0, event.timeMs());
            case LEAVE -> desk.leave(campaign, account, event.timeMs());
            default -> desk.order(lift(event, steps));
        }
    }

    private static TriageRecord lift(Event event, Steps steps) {
        TriageRecord order = steps.lift();
        switch (event.kind()) {
            case LIFT_ACCOUNT -> order.setEntityId("a" + event.who());
            case LIFT_SIGNATURE -> order.setSignatureId("s-" + event.signature());
            case LIFT_ALERT -> order.setAlertId("al-account-a" + event.who());
            default -> order.setSince(null);
        }
        return order;
    }

    @Property(tries = 500)
    void theCeilingIsExceededInNoHour(@ForAll("lives") List<Event> life) {
        Desk desk = new Desk(POLICY);
        play(life, desk, new Steps(), true);

        Map<Long, Integer> newlyBlocked = new TreeMap<>();
        Map<String, DecisionAction> told = new TreeMap<>();
        for (Change change : desk.changes) {
            DecisionAction now = change.decision().map(Decision::getAction).orElse(DecisionAction.ALLOW);
            DecisionAction before = told.put(change.account(), now);
            if (now == DecisionAction.BLOCK && before != DecisionAction.BLOCK) {
                newlyBlocked.merge(Math.floorDiv(change.timeMs(), Steps.HOUR_MS), 1, Integer::sum);
            }
        }
        assertThat(newlyBlocked.values()).allMatch(blocked -> blocked <= CEILING);
    }

    @Property(tries = 300)
    void liftingAllLeavesNothingAndNothingComesBackByItself(@ForAll("lives") List<Event> life) {
        Desk desk = new Desk(POLICY);
        Steps steps = new Steps();
        play(life, desk, steps, false);
        TriageRecord all = steps.lift();
        all.setId("lift-all");
        desk.order(all);
        assertThat(desk.published).isEmpty();

        for (int account = 0; account < 8; account++) {
            desk.join("c-0", "a" + account, 0.9, Steps.START_MS);
            desk.join("c-1", "a" + account, 0.9, Steps.START_MS);
        }
        desk.start(POLICY);
        assertThat(desk.published).isEmpty();
    }

    @Property(tries = 300)
    void aRestartAtAnyPointChangesNothing(@ForAll("lives") List<Event> life) {
        Desk straight = new Desk(POLICY);
        Desk restarted = new Desk(POLICY);
        play(life, straight, new Steps(), false);
        play(life, restarted, new Steps(), true);

        assertThat(restarted.changes).isEqualTo(straight.changes);
        assertThat(restarted.stored.keySet()).isEqualTo(straight.stored.keySet());
        restarted.stored.forEach((key, value) -> assertThat(value).isEqualTo(straight.stored.get(key)));
    }

    @Property(tries = 300)
    void gatewaysKnowExactlyWhatTheStateSays(@ForAll("lives") List<Event> life) {
        Desk desk = new Desk(POLICY);
        play(life, desk, new Steps(), true);

        Map<String, Decision> remembered = new TreeMap<>();
        desk.state().accounts().forEach((account, decided) -> remembered.put(account, decided.decision()));
        assertThat(desk.published).isEqualTo(remembered);
    }
}
