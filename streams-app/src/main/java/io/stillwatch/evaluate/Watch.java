package io.stillwatch.evaluate;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.simulate.TruthRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps what a run shows of each account. Not thread-safe. */
public final class Watch {
    private final Map<String, Seen> accounts = new HashMap<>();
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;
    private long events;

    private static final class Seen {
        private Nearest nearest = Nearest.NONE;
        private Catch caught;
        private int alerts;
    }

    /** Takes in that an account made a request. */
    public void event(String account, long timeMs) {
        record(account);
        firstMs = Math.min(firstMs, timeMs);
        lastMs = Math.max(lastMs, timeMs);
        events++;
    }

    private Seen record(String account) {
        return accounts.computeIfAbsent(account, id -> new Seen());
    }

    /** Takes in how near an account is to a signature now. */
    public void near(String account, Nearest now) {
        Seen record = record(account);
        record.nearest = record.nearest.or(now);
    }

    /** Takes in a step of an alert's life. */
    public void alert(Alert step) {
        if (step.getState() != AlertState.OPENED) {
            return;
        }
        Seen record = record(step.getEntityId());
        record.alerts++;
        if (record.caught == null) {
            record.caught = new Catch(
                    step.getTime(),
                    step.getRequests(),
                    step.getOutputTokens(),
                    step.getFindings().get(0).getSignatureId(),
                    step.getExplanation());
        }
    }

    /** Requests taken in; count. */
    public long events() {
        return events;
    }

    /** Event time from the first to the last request, in milliseconds. */
    public long spanMs() {
        return events == 0 ? 0 : lastMs - firstMs;
    }

    /** What became of the accounts that the truth names and that made a request, in the truth's order. */
    public List<AccountResult> results(List<TruthRow> truth) {
        List<AccountResult> results = new ArrayList<>();
        for (TruthRow row : truth) {
            Seen record = accounts.get(row.accountId());
            if (record != null) {
                results.add(new AccountResult(row, record.nearest, Optional.ofNullable(record.caught), record.alerts));
            }
        }
        return results;
    }

    /** Accounts that made requests though the truth does not name them; count. */
    public long unnamed(List<TruthRow> truth) {
        Set<String> named = new HashSet<>();
        truth.forEach(row -> named.add(row.accountId()));
        return accounts.keySet().stream()
                .filter(account -> !named.contains(account))
                .count();
    }
}
