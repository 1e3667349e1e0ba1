package io.stillwatch.decision;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import io.stillwatch.signature.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What decisions need to know of an alert.
 *
 * @param sequence number of the newest step taken in
 * @param timeMs event time of the newest step that says what was found; milliseconds since 1970
 * @param closed whether it has closed, so that its decisions only wait to lapse
 * @param lifted how far a lift of the whole alert reaches
 */
record AlertCase(
        String alertId,
        String entityType,
        String entityId,
        long sequence,
        Severity severity,
        double score,
        List<String> signatureIds,
        long timeMs,
        boolean closed,
        Optional<Cover> lifted) {
    private static final String CAMPAIGN = "campaign";
    private static final int MOST_IDS = 1_000_000;
    private static final int VERSION = 1;

    AlertCase {
        signatureIds = List.copyOf(signatureIds);
    }

    /** An open alert as a step tells it. */
    static AlertCase of(Alert step, Optional<Cover> lifted) {
        return new AlertCase(
                step.getAlertId(),
                step.getEntityType(),
                step.getEntityId(),
                step.getSequence(),
                severity(step.getSeverity()),
                step.getScore(),
                step.getFindings().stream()
                        .map(Finding::getSignatureId)
                        .distinct()
                        .sorted()
                        .toList(),
                step.getTime(),
                false,
                lifted);
    }

    /** A severity of a newer version is taken for the least: what is not understood blocks nobody. */
    static Severity severity(String id) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.id().equals(id))
                .findFirst()
                .orElse(Severity.INFORMATIONAL);
    }

    boolean isCampaign() {
        return entityType.equals(CAMPAIGN);
    }

    /** What the alert is about, told apart from an entity of another type with the same id. */
    String entity() {
        return entityKey(entityType, entityId);
    }

    static String entityKey(String entityType, String entityId) {
        return entityType + ":" + entityId;
    }

    static String campaignKey(String campaign) {
        return entityKey(CAMPAIGN, campaign);
    }

    AlertCase closedAt(long step) {
        return new AlertCase(alertId, entityType, entityId, step, severity, score, signatureIds, timeMs, true, lifted);
    }

    AlertCase liftedAsOfNow() {
        return new AlertCase(
                alertId,
                entityType,
                entityId,
                sequence,
                severity,
                score,
                signatureIds,
                timeMs,
                closed,
                Optional.of(cover()));
    }

    /** What a lift that is given now covers. */
    Cover cover() {
        return new Cover(severity, Set.copyOf(signatureIds));
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeByte(VERSION);
        out.writeString(alertId);
        out.writeString(entityType);
        out.writeString(entityId);
        out.writeSigned(sequence);
        out.writeString(severity.id());
        out.writeLong(Double.doubleToLongBits(score));
        out.writeUnsigned(signatureIds.size());
        signatureIds.forEach(out::writeString);
        out.writeSigned(timeMs);
        out.writeByte(closed ? 1 : 0);
        out.writeByte(lifted.isPresent() ? 1 : 0);
        lifted.ifPresent(cover -> cover.write(out));
        return out.toByteArray();
    }

    static AlertCase decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        in.readByte();
        return new AlertCase(
                in.readString(),
                in.readString(),
                in.readString(),
                in.readSigned(),
                severity(in.readString()),
                Double.longBitsToDouble(in.readLong()),
                strings(in),
                in.readSigned(),
                in.readByte() == 1,
                in.readByte() == 1 ? Optional.of(Cover.read(in)) : Optional.empty());
    }

    static List<String> strings(StateReader in) {
        int count = in.readCount(MOST_IDS);
        List<String> strings = new ArrayList<>(count);
        for (int read = 0; read < count; read++) {
            strings.add(in.readString());
        }
        return strings;
    }
}
