package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.AccountCodec;
import io.stillwatch.account.AccountEntry;
import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.Disposition;
import io.stillwatch.alert.Observation;
import io.stillwatch.alert.SoFar;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.AllowlistKind;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.topology.campaign.CampaignState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold of an alert whatever is found, whatever analysts do, and whenever the pipeline is restarted. */
class AlertLifeLawsTest {
    private static final long HOUR_MS = 3_600_000;
    private static final List<TriageAction> ACTIONS = List.of(TriageAction.values());
    private static final List<Disposition> VERDICTS = List.of(Disposition.values());
    private static final AllowlistEntry ALLOWED = AllowlistEntry.newBuilder()
            .setId("w-1")
            .setKind(AllowlistKind.ACCOUNT)
            .setValue("a")
            .setReason("known")
            .setOwner("ann")
            .setAddedAt(0)
            .setAddedBy("ann")
            .build();

    private final AlertLifecycle lifecycle = new AlertLifecycle(Duration.ofHours(24), "b 1");

    enum What {
        FINDINGS,
        NOTHING,
        ORDER,
        SAME_ORDER_AGAIN,
        ALLOW,
        WITHDRAW
    }

    /** Something that happens some hours after what was before. */
    record Event(What what, int hours, int choice) {}

    @Provide
    Arbitrary<List<Event>> scripts() {
        return Combinators.combine(
                        Arbitraries.of(What.class),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(0, 1_000))
                .as(Event::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 500)
    void stepsAreNumberedWithoutGapsAndOnlyAClosedAlertIsOpened(@ForAll("scripts") List<Event> script) {
        List<Alert> steps = run(script, false);

        String id = null;
        boolean open = false;
        for (int number = 0; number < steps.size(); number++) {
            Alert step = steps.get(number);
            id = id == null ? step.getAlertId() : id;
            assertThat(step.getAlertId()).isEqualTo(id);
            assertThat(step.getSequence()).isEqualTo(number);
            boolean opens = AlertLifecycle.opens(step);
            assertThat(opens && open).as("opens what is open").isFalse();
            if (step.getState() == AlertState.OPENED) {
                assertThat(number).isZero();
            }
            if (step.getState() == AlertState.UPDATED) {
                assertThat(open).isTrue();
            }
            open = step.getState() != AlertState.CLOSED;
            assertThat(step.getFindings()).isNotEmpty();
            assertThat(step.getHistory()).hasSizeLessThanOrEqualTo(20);
            if (number > 0) {
                assertThat(step.getTime())
                        .isGreaterThanOrEqualTo(steps.get(number - 1).getTime());
            }
        }
    }

    @Property(tries = 500)
    void restartsChangeNothingAndAReplayGivesTheSame(@ForAll("scripts") List<Event> script) {
        List<Alert> steps = run(script, false);

        assertThat(run(script, true)).isEqualTo(steps);
        assertThat(run(script, false)).isEqualTo(steps);
    }

    private List<Alert> run(List<Event> script, boolean restarted) {
        AlertMemory memory = AlertMemory.NONE;
        List<Alert> steps = new ArrayList<>();
        long hour = 100;
        int orders = 0;
        for (Event event : script) {
            hour += event.hours();
            AlertLifecycle.Step step = switch (event.what()) {
                case FINDINGS -> lifecycle.advance(memory, seen(hour, event.choice()));
                case NOTHING -> lifecycle.advance(memory, nothing(hour));
                case ORDER -> lifecycle.obey(memory, order(orders++, event.choice()), moment(hour));
                case SAME_ORDER_AGAIN ->
                    lifecycle.obey(memory, order(Math.max(0, orders - 1), event.choice()), moment(hour));
                case ALLOW ->
                    lifecycle.allow(
                            memory,
                            nothing(hour),
                            id -> event.choice() % 2 == 0 ? Optional.of(ALLOWED) : Optional.empty());
                case WITHDRAW -> lifecycle.withdraw(memory, nothing(hour), id -> event.choice() % 2 == 0);
            };
            memory = restarted ? restart(step.memory()) : step.memory();
            step.alert().ifPresent(steps::add);
        }
        return steps;
    }

    private static AlertMemory restart(AlertMemory memory) {
        AccountEntry entry = AccountEntry.fresh("a");
        entry.state.alerts = memory;
        byte[] record = AccountCodec.encode(entry, new StateWriter());
        AlertMemory ofAccount = AccountCodec.decode("a", record).state.alerts;
        CampaignState campaign = CampaignState.of(1, 1).with(ofAccount);
        return CampaignState.decode(campaign.encode()).alerts();
    }

    private static SoFar moment(long hour) {
        return new SoFar(hour * HOUR_MS, 10 + hour, 100 * hour);
    }

    private static Observation nothing(long hour) {
        return new Observation("account", "a", hour * HOUR_MS, List.of(), 0, 10 + hour, 100 * hour, List.of());
    }

    private static Observation seen(long hour, int choice) {
        List<Finding> findings = new ArrayList<>();
        findings.add(finding("s" + choice % 4, List.of("low", "high").get(choice % 2), choice / 1_000.0));
        if (choice % 5 == 0) {
            findings.add(finding("t", "medium", 0.1));
        }
        return new Observation(
                "account", "a", hour * HOUR_MS, findings, 0, 10 + hour * (1 + choice % 7), 100 * hour, List.of("e1"));
    }

    private static TriageRecord order(int number, int choice) {
        return TriageRecord.newBuilder()
                .setId("order-" + number)
                .setTime(choice)
                .setBy("ann")
                .setAction(ACTIONS.get(choice % ACTIONS.size()))
                .setDisposition(
                        choice % 4 == 3
                                ? null
                                : VERDICTS.get(choice % VERDICTS.size()).id())
                .setReason("because " + choice)
                .build();
    }

    private static Finding finding(String signature, String severity, double score) {
        return Finding.newBuilder()
                .setSignatureId(signature)
                .setSignatureVersion(1)
                .setTitle("Behaviour " + signature)
                .setSeverity(severity)
                .setScore(score)
                .setWindow("PT24H")
                .setWindowStart(0)
                .setWindowEnd(24 * HOUR_MS)
                .setRequests(100)
                .setOutputTokens(1_000)
                .setEvidence(List.of())
                .build();
    }
}
