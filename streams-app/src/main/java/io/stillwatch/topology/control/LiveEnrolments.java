package io.stillwatch.topology.control;

import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.Enrolment;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The enrolments in effect by record of a contract: the newest of each account on its topic. Every instance reads all of it,
 * as it does the allowlist ({@link LiveAllowlist}). What cannot be read vouches for nobody, and is logged once. Whether one has
 * lapsed is judged by event time where it is used. Shared by the partitions of an instance; thread-safe.
 */
public final class LiveEnrolments {
    /** The global store; it stays empty. */
    public static final String STORE = "enrolments";

    /** One has 128 numbers and two sentences. Bytes. */
    private static final int LONGEST = 16 << 10;

    private static final int LONGEST_KEY = 1_000;
    private static final int MOST = 20_000;

    private final Map<String, Enrolment> byAccount = new TreeMap<>();
    private final Refusals refusals = new Refusals("an enrolment");
    private volatile boolean changed;
    private volatile Map<String, Enrolment> current = Map.of();

    /** Takes a record of the topic; null as value takes the enrolment back. */
    public synchronized void take(String key, byte[] value) {
        if (key == null) {
            return;
        }
        boolean known = byAccount.remove(key) != null;
        if (value != null) {
            read(key, value);
        }
        if (known || byAccount.containsKey(key)) {
            changed = true;
        }
    }

    private void read(String key, byte[] value) {
        if (key.length() > LONGEST_KEY || value.length > LONGEST) {
            refusals.tell(key, "it is longer than an enrolment can be");
        } else if (byAccount.size() >= MOST) {
            refusals.tell(key, "there are " + MOST + " already; revoke some");
        } else {
            try {
                Enrolment enrolment = Enrolment.parse("The enrolment", new String(value, StandardCharsets.UTF_8));
                if (enrolment.account().equals(key)) {
                    byAccount.put(key, enrolment);
                } else {
                    refusals.tell(key, "it is another account's");
                }
            } catch (BaselineException e) {
                refusals.tell(key, String.valueOf(e.getMessage()));
            } catch (RuntimeException | StackOverflowError e) {
                // Whatever is written to the topic, nothing of it may stop the pipeline.
                refusals.tell(key, "it cannot be read");
            }
        }
    }

    /** As of now; the same object for as long as nothing changes. */
    public Map<String, Enrolment> read() {
        return changed ? copied() : current;
    }

    private synchronized Map<String, Enrolment> copied() {
        if (changed) {
            changed = false;
            current = Collections.unmodifiableMap(new HashMap<>(byAccount));
        }
        return current;
    }
}
