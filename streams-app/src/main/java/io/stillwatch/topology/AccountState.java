package io.stillwatch.topology;

import io.stillwatch.alert.AlertMemory;
import io.stillwatch.profile.CorruptStateException;
import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.MessageTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.TreeSet;

/** What is kept of an account beside its panes: its clock, totals, when to look again, and its alerts. */
final class AccountState {
    /** No timer is pending. */
    static final long NO_TIMER = Long.MAX_VALUE;

    private static final int VERSION = 1;
    private static final int MOST_PANES = 1 << 20;

    static {
        MessageTypes.trust();
    }

    long clockMs = Long.MIN_VALUE;

    /** The partition's clock when the newest event came. */
    long arrivedMs = Long.MIN_VALUE;

    long firstEventMs = Long.MAX_VALUE;
    long requests;
    long outputTokens;
    long late;
    long duplicates;

    /** Hours since 1970 that have a pane. */
    final TreeSet<Long> paneHours = new TreeSet<>();

    /** Hour at which the account's windows end: that of its newest event which others' time has reached. */
    long currentHour = Long.MIN_VALUE;

    /** Requests in the day window at which the account is evaluated next. */
    long nextStep;

    boolean changedSinceEvaluation;
    long timerMinute = NO_TIMER;
    AlertMemory alerts = AlertMemory.NONE;

    boolean hasPane(long hour) {
        return paneHours.contains(hour);
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeByte(VERSION);
        out.writeSigned(clockMs);
        out.writeSigned(arrivedMs);
        out.writeSigned(firstEventMs);
        out.writeUnsigned(requests);
        out.writeUnsigned(outputTokens);
        out.writeUnsigned(late);
        out.writeUnsigned(duplicates);
        out.writeSigned(currentHour);
        out.writeUnsigned(paneHours.size());
        long before = 0;
        for (long hour : paneHours) {
            out.writeSigned(hour - before);
            before = hour;
        }
        out.writeUnsigned(nextStep);
        out.writeByte(changedSinceEvaluation ? 1 : 0);
        out.writeSigned(timerMinute);
        out.writeUnsigned(alerts.opened());
        out.writeSigned(alerts.lastHeldMs());
        if (alerts.open().isPresent()) {
            byte[] alert = encode(alerts.open().get());
            out.writeUnsigned(alert.length);
            out.writeBytes(alert);
        } else {
            out.writeUnsigned(0);
        }
        return out.toByteArray();
    }

    private static byte[] encode(Alert alert) {
        try {
            ByteBuffer buffer = alert.toByteBuffer();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AccountState decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new CorruptStateException("the account state has version " + version + "; this release reads "
                    + VERSION + ": run the release that wrote it or a newer one");
        }
        AccountState state = new AccountState();
        state.clockMs = in.readSigned();
        state.arrivedMs = in.readSigned();
        state.firstEventMs = in.readSigned();
        state.requests = in.readUnsigned();
        state.outputTokens = in.readUnsigned();
        state.late = in.readUnsigned();
        state.duplicates = in.readUnsigned();
        state.currentHour = in.readSigned();
        int panes = in.readCount(MOST_PANES);
        long hour = 0;
        for (int pane = 0; pane < panes; pane++) {
            hour += in.readSigned();
            state.paneHours.add(hour);
        }
        state.nextStep = in.readUnsigned();
        state.changedSinceEvaluation = in.readByte() == 1;
        state.timerMinute = in.readSigned();
        long opened = in.readUnsigned();
        long lastHeldMs = in.readSigned();
        int length = in.readCount(bytes.length);
        Optional<Alert> open = length == 0 ? Optional.empty() : Optional.of(alert(in.readBytes(length)));
        state.alerts = new AlertMemory(opened, open, lastHeldMs);
        return state;
    }

    private static Alert alert(byte[] bytes) {
        try {
            return Alert.fromByteBuffer(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new CorruptStateException("the stored alert cannot be read: " + e.getMessage());
        }
    }
}
