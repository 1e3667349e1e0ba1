package io.stillwatch.topology.control;

import io.stillwatch.alert.Allowlist;
import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.AllowlistKind;
import io.stillwatch.schema.serde.RegistryUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The allowlist in effect: the newest entry of each id on its topic. Every instance reads all of it, as it does the
 * signatures ({@link LiveSignatures}). What cannot be read allows nothing, and is logged once. Shared by the partitions of
 * an instance; thread-safe.
 */
public final class LiveAllowlist {
    /** The global store; it stays empty. */
    public static final String STORE = "allowlist-entries";

    /** An entry has a reason of some sentences. Bytes. */
    private static final int LONGEST = 16 << 10;

    private static final int LONGEST_KEY = 200;

    /** Of all entries together. */
    private static final long MOST_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LiveAllowlist.class);

    private final Deserializer<AllowlistEntry> deserializer;
    private final Map<String, byte[]> newest = new TreeMap<>();
    private final Refusals refusals = new Refusals("an entry of the allowlist");
    private Set<String> told = Set.of();
    private long bytes;
    private volatile boolean changed;
    private volatile Current current = new Current(Map.of());

    /** The entries at a moment; the same object for as long as nothing changes. */
    public static final class Current {
        private static final String REVISION = "allowlist:";

        private final Map<String, AllowlistEntry> byId;
        private final Allowlist allowlist;
        private final Map<String, Long> revisions = new TreeMap<>();

        Current(Map<String, AllowlistEntry> byId) {
            this.byId = byId;
            this.allowlist = new Allowlist(byId.values());
            byId.forEach((id, entry) -> revisions.put(REVISION + id, Hash64.finish(Hash64.of(entry.toString()))));
        }

        public Allowlist allowlist() {
            return allowlist;
        }

        /** By entry, under names that no signature has, 64 bits that change whenever anything about the entry does. */
        Map<String, Long> revisions() {
            return revisions;
        }

        /** Ids of entries that are here and not there, there and not here, or other here than there. */
        public Set<String> changedSince(Map<String, Long> others) {
            Set<String> ids = new TreeSet<>();
            revisions.forEach((name, revision) -> {
                if (!revision.equals(others.get(name))) {
                    ids.add(name.substring(REVISION.length()));
                }
            });
            for (String name : others.keySet()) {
                if (name.startsWith(REVISION) && !revisions.containsKey(name)) {
                    ids.add(name.substring(REVISION.length()));
                }
            }
            return ids;
        }

        /** The accounts that entries with these ids name. */
        public List<String> accounts(Set<String> ids) {
            return byId.values().stream()
                    .filter(entry -> entry.getKind() == AllowlistKind.ACCOUNT && ids.contains(entry.getId()))
                    .map(AllowlistEntry::getValue)
                    .distinct()
                    .toList();
        }
    }

    public LiveAllowlist(Deserializer<AllowlistEntry> deserializer) {
        this.deserializer = deserializer;
    }

    /** Takes a record of the topic. */
    public synchronized void take(String key, byte[] value) {
        if (key == null) {
            return;
        }
        byte[] before = newest.remove(key);
        bytes -= before == null ? 0 : before.length;
        changed = true;
        if (value == null) {
            return;
        }
        if (key.length() > LONGEST_KEY || value.length > LONGEST) {
            refusals.tell(key, "it is longer than an entry can be");
        } else if (bytes + value.length > MOST_BYTES) {
            refusals.tell(key, "the allowlist has more than " + (MOST_BYTES >> 20) + " MiB; retract entries");
        } else {
            newest.put(key, value);
            bytes += value.length;
        }
    }

    /** The entries as of now. */
    public Current read() {
        return changed ? decoded() : current;
    }

    private synchronized Current decoded() {
        Map<String, AllowlistEntry> byId = new TreeMap<>();
        List<String> unreadable = new ArrayList<>();
        for (Map.Entry<String, byte[]> record : newest.entrySet()) {
            try {
                AllowlistEntry entry = deserializer.deserialize(STORE, record.getValue());
                if (entry.getId().equals(record.getKey())) {
                    byId.put(entry.getId(), entry);
                } else {
                    unreadable.add(record.getKey());
                }
            } catch (RegistryUnavailableException e) {
                LOG.warn("The changed allowlist waits until the schema registry answers: {}", e.getMessage());
                return current;
            } catch (SerializationException e) {
                unreadable.add(record.getKey());
            }
        }
        changed = false;
        unreadable.stream()
                .filter(key -> !told.contains(key))
                .forEach(key -> refusals.tell(key, "it is no entry, or none of its key"));
        told = Set.copyOf(unreadable);
        Current now = new Current(byId);
        if (!now.revisions().equals(current.revisions())) {
            current = now;
        }
        return current;
    }
}
