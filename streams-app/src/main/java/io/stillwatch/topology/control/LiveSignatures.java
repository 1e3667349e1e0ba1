package io.stillwatch.topology.control;

import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.serde.RegistryUnavailableException;
import io.stillwatch.signature.Seal;
import io.stillwatch.signature.SignatureException;
import io.stillwatch.signature.SignatureOverlay;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.text.Printable;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signatures in effect: those given at the start, overlaid with what the signatures topic says now.
 *
 * <p>Every instance reads the whole topic into a global store, before its first request and then all the time; it is an
 * input like the requests. The set depends on the topic's newest record of each id alone, so all instances come to the
 * same one, also after a restart. What cannot be read is skipped, and logged as long as it is not a flood. Shared by the
 * partitions of an instance; thread-safe.
 */
public final class LiveSignatures {
    /** The global store: signature id to the bytes of its newest definition. */
    public static final String STORE = "signature-definitions";

    /** What is kept of the topic: no id and no file of a signature is longer, and every look runs all of them. */
    public static final NewestRecords.Bounds BOUNDS =
            new NewestRecords.Bounds(SignatureReader.LONGEST_ID, 2 * SignatureReader.LONGEST_FILE, 500);

    private static final Logger LOG = LoggerFactory.getLogger(LiveSignatures.class);

    /** Failures to say; with the values in them there may be any number. */
    private static final int MOST_FAILURES = 20;

    private final SignatureSet given;
    private final Deserializer<SignatureDefinition> deserializer;
    private final List<PublicKey> publishers;
    private final Refusals refusals = new Refusals("a definition of a signature");
    private final Set<String> failures = new HashSet<>();
    private final SignatureOverlay.Readings readings = new SignatureOverlay.Readings();
    private Map<String, byte[]> newest = Map.of();
    private SignatureSet current;
    private int unreadable;

    /**
     * @param given signatures where the topic says nothing else
     * @param publishers whose definitions count; those of everybody where there are none
     */
    public LiveSignatures(
            SignatureSet given, Deserializer<SignatureDefinition> deserializer, List<PublicKey> publishers) {
        this.given = given;
        this.deserializer = deserializer;
        this.publishers = publishers;
        this.current = given;
    }

    /** In memory, as it is small and every instance has all of it; its changelog is the topic itself. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
    }

    /** The set as of now: the same object for as long as nothing changes. */
    public synchronized SignatureSet read(ReadOnlyKeyValueStore<String, byte[]> published) {
        Map<String, byte[]> now = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all = published.all()) {
            all.forEachRemaining(entry -> now.put(entry.key, entry.value));
        }
        if (!isSame(now)) {
            try {
                Map<String, String> refused = new LinkedHashMap<>();
                current = overlaid(now, refused);
                newest = now;
                refused.forEach(refusals::tell);
            } catch (RegistryUnavailableException e) {
                LOG.warn("Changed signatures wait until the schema registry answers: {}", e.getMessage());
            }
        }
        return current;
    }

    /** Asked all the time, so it must not read the definitions: the store has the same objects until they are replaced. */
    private boolean isSame(Map<String, byte[]> now) {
        return now.size() == newest.size()
                && now.entrySet().stream().allMatch(entry -> {
                    byte[] before = newest.get(entry.getKey());
                    return before == entry.getValue() || Arrays.equals(before, entry.getValue());
                });
    }

    /** @param refused takes what has come and is not taken, with the reason; to be said once the rest is in effect */
    private SignatureSet overlaid(Map<String, byte[]> published, Map<String, String> refused) {
        List<SignatureDefinition> definitions = new ArrayList<>();
        int known = published.size();
        published.forEach((id, bytes) -> {
            boolean isNew = !Arrays.equals(bytes, newest.get(id));
            try {
                SignatureDefinition definition = deserializer.deserialize(STORE, bytes);
                if (!publishers.isEmpty() && !Seal.holds(definition, publishers)) {
                    if (isNew) {
                        refused.put(
                                id,
                                "no trusted key sealed it; publish it with 'stillwatch signatures publish --key FILE'");
                    }
                } else if (definition.getId().equals(id)) {
                    definitions.add(definition);
                } else if (isNew) {
                    refused.put(
                            id,
                            "publish it with 'stillwatch signatures publish', as it is of another signature: "
                                    + Printable.identifier(definition.getId()));
                }
            } catch (SerializationException e) {
                if (e instanceof RegistryUnavailableException unavailable) {
                    throw unavailable;
                }
                if (isNew) {
                    refused.put(id, "it cannot be read: " + e.getMessage());
                }
            }
        });
        SignatureOverlay overlay = SignatureOverlay.of(given, definitions, readings);
        overlay.skipped().forEach((id, reason) -> {
            if (!Arrays.equals(published.get(id), newest.get(id))) {
                refused.put(id, reason);
            }
        });
        unreadable = known - definitions.size() + overlay.skipped().size();
        return overlay.signatures();
    }

    /** Definitions on the topic that are not in effect because they cannot be read. */
    public synchronized int unreadable() {
        return unreadable;
    }

    /** Says once of a signature that it cannot be evaluated; it is taken not to hold. */
    public synchronized void failed(SignatureException failure) {
        if (failures.size() < MOST_FAILURES && failures.add(failure.getMessage())) {
            LOG.warn("A signature was left out for an account: {}", failure.getMessage());
        }
    }
}
