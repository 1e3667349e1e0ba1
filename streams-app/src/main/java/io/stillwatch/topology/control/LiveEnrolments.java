package io.stillwatch.topology.control;

import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.Enrolment;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The enrolments in effect by record of a contract: of the newest of each account on its topic the {@value #MOST} that were
 * added first. Every instance reads all of it, as it does the allowlist ({@link LiveAllowlist}). What cannot be read vouches
 * for nobody, and is logged once. Whether one has lapsed is judged by event time where it is used. Shared by the partitions
 * of an instance; thread-safe.
 *
 * <p>Which are in effect depends on what the topic holds, and not on the order in which that came to be: a restart, which
 * reads only what compaction has left, comes to the same. For that, those that wait for room are kept, too, {@value #WAITING}
 * of them; of more than that the last are forgotten until they are read again.
 */
public final class LiveEnrolments {
    /** The global store; it stays empty. */
    public static final String STORE = "enrolments";

    /** That many vouch for somebody at a time. */
    public static final int MOST = 20_000;

    /** One has 128 numbers and two sentences. Bytes. */
    private static final int LONGEST = 16 << 10;

    private static final int LONGEST_KEY = 1_000;
    private static final int WAITING = 5_000;
    private static final Comparator<Enrolment> FIRST_ADDED =
            Comparator.comparingLong(Enrolment::addedMs).thenComparing(Enrolment::account);

    private final int most;
    private final int waiting;
    private final Map<String, Enrolment> byAccount = new TreeMap<>();
    private final TreeSet<Enrolment> inOrder = new TreeSet<>(FIRST_ADDED);
    private final Refusals refusals = new Refusals("an enrolment");
    private volatile boolean changed;
    private volatile Map<String, Enrolment> current = Map.of();

    public LiveEnrolments() {
        this(MOST, WAITING);
    }

    LiveEnrolments(int most, int waiting) {
        this.most = most;
        this.waiting = waiting;
    }

    /** Takes a record of the topic; null as value takes the enrolment back. */
    public synchronized void take(String key, byte[] value) {
        if (key == null) {
            return;
        }
        Enrolment before = byAccount.remove(key);
        if (before != null) {
            inOrder.remove(before);
            changed = true;
        }
        if (value == null) {
            return;
        }
        try {
            put(parse(key, value));
        } catch (BaselineException e) {
            refusals.tell(key, String.valueOf(e.getMessage()));
            return;
        }
        if (inOrder.size() > most) {
            refusals.tell(key, "there are " + most + " already, so the last one waits; revoke some");
        }
    }

    private void put(Enrolment enrolment) {
        byAccount.put(enrolment.account(), enrolment);
        inOrder.add(enrolment);
        changed = true;
        if (inOrder.size() > most + waiting) {
            byAccount.remove(inOrder.pollLast().account());
        }
    }

    /** Those of them, each of an account of its own, that are in effect where the topic holds them all; by account. */
    public static Map<String, Enrolment> inEffect(Collection<Enrolment> readable) {
        LiveEnrolments enrolments = new LiveEnrolments();
        synchronized (enrolments) {
            readable.forEach(enrolments::put);
        }
        return enrolments.read();
    }

    /**
     * The enrolment that a record is.
     *
     * @throws BaselineException when it is none of its key, with why
     */
    public static Enrolment parse(String key, byte[] value) {
        if (key.length() > LONGEST_KEY || value.length > LONGEST) {
            throw new BaselineException("it is longer than an enrolment can be");
        }
        Enrolment enrolment;
        try {
            enrolment = Enrolment.parse("The enrolment", new String(value, StandardCharsets.UTF_8));
        } catch (BaselineException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever is written to the topic, nothing of it may stop the pipeline.
            throw new BaselineException("it cannot be read");
        }
        if (!enrolment.account().equals(key)) {
            throw new BaselineException("it is another account's");
        }
        return enrolment;
    }

    /** As of now; the same object for as long as nothing changes. */
    public Map<String, Enrolment> read() {
        return changed ? copied() : current;
    }

    private synchronized Map<String, Enrolment> copied() {
        if (changed) {
            changed = false;
            Map<String, Enrolment> first = new HashMap<>();
            inOrder.stream().limit(most).forEach(enrolment -> first.put(enrolment.account(), enrolment));
            current = Collections.unmodifiableMap(first);
        }
        return current;
    }
}
