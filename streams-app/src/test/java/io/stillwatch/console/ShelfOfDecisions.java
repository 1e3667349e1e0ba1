package io.stillwatch.console;

import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Decisions put there by hand. */
final class ShelfOfDecisions implements DecisionBook {
    static final long NOW_MS = 1_790_000_000_000L;

    final Map<String, Decision> byAccount = new ConcurrentHashMap<>();
    volatile boolean ready = true;
    volatile boolean broken;

    Decision put(String account, DecisionAction action, Double rate) {
        Decision decision = Decision.newBuilder()
                .setAccountId(account)
                .setAction(action)
                .setRate(rate)
                .setDecidedAt(NOW_MS - 1)
                .setValidUntil(NOW_MS + 60_000)
                .setAlertId("al-1")
                .setReason("A reason.")
                .setSeverity("high")
                .setPolicy("test v1")
                .build();
        byAccount.put(account, decision);
        return decision;
    }

    @Override
    public Optional<Decision> of(String account) {
        if (broken) {
            throw new IllegalStateException("the store is closed");
        }
        return Optional.ofNullable(byAccount.get(account));
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public boolean isHealthy() {
        return !broken;
    }
}
