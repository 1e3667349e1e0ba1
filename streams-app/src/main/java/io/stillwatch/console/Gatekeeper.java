package io.stillwatch.console;

import io.stillwatch.decision.Policy;
import io.stillwatch.schema.Decision;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a request may pass.
 *
 * <p>Decisions are made by event time; whether one counts now is judged here by the wall clock, as requests are live. What
 * is known to be decided counts also while the pipeline is not ready; only about everybody else the policy says what to do
 * then. Thread-safe.
 */
public final class Gatekeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);
    private static final int MOST_BUCKETS = 100_000;
    private static final int LONGEST_ACCOUNT = 512;
    private static final long NANOS_A_SECOND = 1_000_000_000;
    private static final long QUIET_NANOS = 60 * NANOS_A_SECOND;

    private final DecisionBook book;
    private final Policy.WhenNotReady whenNotReady;
    private final LongSupplier wallClockMs;
    private final LongSupplier nanos;
    private final TokenBuckets buckets = new TokenBuckets(MOST_BUCKETS);
    private volatile long complainedNanos;
    private volatile boolean complained;

    /**
     * Makes a gatekeeper.
     *
     * @param whenNotReady what to answer about accounts of which nothing is known while the book is not ready
     * @param wallClockMs milliseconds since 1970
     * @param nanos from any origin; never goes back
     */
    public Gatekeeper(
            DecisionBook book, Policy.WhenNotReady whenNotReady, LongSupplier wallClockMs, LongSupplier nanos) {
        this.book = book;
        this.whenNotReady = whenNotReady;
        this.wallClockMs = wallClockMs;
        this.nanos = nanos;
    }

    /** Whether a text can be an account, as those of events can: of one to 512 characters, not all of them blank. */
    static boolean canBeAccount(String text) {
        return !text.isBlank() && text.length() <= LONGEST_ACCOUNT;
    }

    /**
     * Judges a request, and counts it against the account's rate.
     *
     * @param account who sends it, as untrusted as it comes; null where that is not said, or not unmistakably
     */
    Verdict judge(@Nullable String account) {
        if (account == null || !canBeAccount(account)) {
            return whenNotReady == Policy.WhenNotReady.OPEN ? Verdict.ALLOWED : Verdict.NOBODY;
        }
        Optional<Decision> decision;
        try {
            decision = inForce(account);
        } catch (RuntimeException e) {
            complain(e);
            return unknown();
        }
        if (decision.isEmpty()) {
            return book.isReady() ? Verdict.ALLOWED : unknown();
        }
        return switch (decision.get().getAction()) {
            case ALLOW -> Verdict.ALLOWED;
            case THROTTLE -> throttle(account, decision.get());
            case CHALLENGE -> Verdict.CHALLENGED;
            case BLOCK -> Verdict.BLOCKED;
        };
    }

    private Verdict throttle(String account, Decision decision) {
        Double rate = decision.getRate();
        if (rate == null || !(rate > 0)) {
            return Verdict.ALLOWED;
        }
        long waitNanos = buckets.take(account, rate, nanos.getAsLong());
        return waitNanos == 0
                ? Verdict.WITHIN_RATE
                : Verdict.throttled((waitNanos + NANOS_A_SECOND - 1) / NANOS_A_SECOND);
    }

    private Verdict unknown() {
        return whenNotReady == Policy.WhenNotReady.OPEN ? Verdict.ALLOWED : Verdict.NOT_KNOWN;
    }

    /** Once a minute: there may be thousands of requests a second. */
    private void complain(RuntimeException e) {
        long now = nanos.getAsLong();
        if (!complained || now - complainedNanos > QUIET_NANOS) {
            complained = true;
            complainedNanos = now;
            LOG.warn(
                    "Decisions cannot be read, so look-ups are answered as the policy says for that: {}", e.toString());
        }
    }

    /**
     * What counts about an account now.
     *
     * @throws RuntimeException where decisions cannot be read
     */
    Optional<Decision> inForce(String account) {
        return book.of(account).filter(decision -> {
            long nowMs = wallClockMs.getAsLong();
            return (decision.getEffectiveFrom() == null || decision.getEffectiveFrom() <= nowMs)
                    && (decision.getValidUntil() == null || nowMs < decision.getValidUntil());
        });
    }

    /** Whether a missing decision means that there is none. */
    boolean isReady() {
        return book.isReady();
    }

    boolean isHealthy() {
        return book.isHealthy();
    }

    boolean refusesUnknown() {
        return whenNotReady == Policy.WhenNotReady.CLOSED;
    }
}
