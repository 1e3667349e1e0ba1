package io.stillwatch.cli.alerts;

import io.stillwatch.alert.Disposition;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.topology.control.TriagePublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TimeoutException;

/** An order about an alert, from the command line to the alert's next step. */
final class AlertOrder {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(200);

    /** More would make the alert's record large; the pipeline cuts what comes from elsewhere. */
    private static final int LONGEST_REASON = 1_000;

    private final TriageDesk desk;
    private final String id;
    private final TriageRecord.Builder order;
    private final String done;

    /**
     * Prepares an order.
     *
     * @param id of the alert or its entity
     * @param done what was done, as "closed"
     */
    AlertOrder(TriageDesk desk, String id, TriageAction action, String done) {
        this.desk = desk;
        this.id = id;
        this.done = done;
        this.order = TriageRecord.newBuilder().setAction(action);
    }

    /** @throws UserException where the disposition is no known one */
    static Disposition disposition(String text) {
        return Disposition.named(text)
                .orElseThrow(() -> new UserException(
                        "A disposition is one of "
                                + Arrays.stream(Disposition.values())
                                        .map(Disposition::id)
                                        .collect(Collectors.joining(", "))
                                + ", not '" + text + "'.",
                        ExitStatus.USAGE));
    }

    /** Gives the order and tells what came of it. */
    Integer give(Optional<String> by, String reason, Optional<Disposition> disposition) {
        if (reason.length() > LONGEST_REASON) {
            throw new UserException(
                    "A reason has at most " + LONGEST_REASON + " characters, and this one " + reason.length() + ".",
                    ExitStatus.USAGE);
        }
        order.setId(UUID.randomUUID().toString())
                .setTime(Instant.now().toEpochMilli())
                .setBy(desk.by(by))
                .setReason(reason)
                .setDisposition(disposition.map(Disposition::id).orElse(null));
        return desk.onCluster(this::give);
    }

    private Integer give(Connection connection) {
        KnownAlerts known = new KnownAlerts();
        try (AlertFollower follower = desk.follow(connection, known::take)) {
            follower.catchUp();
            Alert before = known.named(id)
                    .orElseThrow(() -> UnknownAlert.of(id, known))
                    .newest();
            TriageRecord record = order.setAlertId(before.getAlertId())
                    .setEntityType(before.getEntityType())
                    .setEntityId(before.getEntityId())
                    .build();
            boolean running = desk.pipelineRuns(connection);
            try (TriagePublisher publisher = desk.publisher(connection)) {
                publisher.record(record);
            }
            if (!running) {
                desk.output()
                        .notice(
                                "The order is on the triage topic, but no pipeline runs that would take it; the next one"
                                        + " that starts will.");
                return ExitStatus.OK.code();
            }
            return await(follower, known, before);
        }
    }

    private Integer await(AlertFollower follower, KnownAlerts known, Alert before) {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < endNs) {
            try {
                follower.poll(POLL);
            } catch (TimeoutException e) {
                break;
            }
            Alert now = known.named(before.getAlertId()).orElseThrow().newest();
            if (now.getSequence() > before.getSequence()) {
                desk.output()
                        .line(done + " " + now.getAlertId() + " (" + now.getEntityType() + " " + now.getEntityId()
                                + "), which is " + AlertValues.state(now) + " now, step " + now.getSequence());
                return ExitStatus.OK.code();
            }
        }
        desk.output()
                .notice("The order is on the triage topic, but the alert has made no step within "
                        + PATIENCE.toSeconds() + " s; 'stillwatch alerts show " + before.getAlertId()
                        + "' tells when it has, and 'stillwatch doctor' whether the pipeline is behind.");
        return ExitStatus.OK.code();
    }
}
