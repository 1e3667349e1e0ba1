package io.stillwatch.replay;

import io.stillwatch.replay.report.HourlyRequests;
import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.LinkKey;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers who accounts are from the topics of fingerprints and of links. It takes no text. What an account can make up as
 * many of as it likes is counted up to a bound.
 */
public final class DossierReader {
    /** Distinct values that are told apart. */
    public static final int MOST_VALUES = 10_000;

    private static final String OTHERS = "others";

    private final Topics topics;
    private final SerdeFactory serdes;
    private final Map<String, Object> clientProperties;

    /** @param clientProperties with the cluster's address */
    public DossierReader(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        this.topics = topics;
        this.serdes = serdes;
        this.clientProperties = Map.copyOf(clientProperties);
    }

    /**
     * Who they are, by their requests from a moment on.
     *
     * @param fromMs event time, milliseconds since 1970
     */
    public Dossier read(Set<String> accounts, long fromMs) {
        Gathered gathered = new Gathered();
        new FingerprintReader(topics, serdes, clientProperties)
                .read(accounts, fromMs, (account, fingerprint) -> gathered.add(fingerprint));
        SortedMap<String, List<Long>> keys = new TreeMap<>();
        SortedMap<String, SortedSet<String>> shared = new TreeMap<>();
        if (accounts.size() == 1) {
            String account = accounts.iterator().next();
            keys.putAll(linkKeys(account));
            shared.putAll(shared(account, keys));
        }
        return new Dossier(
                gathered.requests,
                Optional.ofNullable(gathered.newestSignUp),
                Optional.ofNullable(gathered.oldestSignUp),
                gathered.organizations,
                gathered.models,
                gathered.keys.size(),
                gathered.endUsers.size(),
                gathered.links,
                gathered.hours,
                keys,
                shared);
    }

    private Map<String, List<Long>> linkKeys(String account) {
        byte[] newest = CompactedTopic.newest(topics.links(), account::equals, clientProperties)
                .get(account);
        Map<String, List<Long>> byKind = new TreeMap<>();
        if (newest != null) {
            try {
                for (LinkKey key : serdes.serde(AccountLinks.class)
                        .deserializer()
                        .deserialize(topics.links(), newest)
                        .getKeys()) {
                    byKind.computeIfAbsent(key.getKind(), kind -> new ArrayList<>())
                            .add(key.getHash());
                }
            } catch (SerializationException e) {
                // Nothing is known of what it shares, then.
            }
        }
        return byKind;
    }

    private Map<String, SortedSet<String>> shared(String account, Map<String, List<Long>> keys) {
        Map<String, SortedSet<String>> byKind = new TreeMap<>();
        if (keys.isEmpty()) {
            return byKind;
        }
        Deserializer<AccountLinks> deserializer =
                serdes.serde(AccountLinks.class).deserializer();
        WholeTopic.read(topics.links(), clientProperties, record -> {
            if (record.key() == null || record.value() == null || record.key().equals(account)) {
                return;
            }
            try {
                for (LinkKey key :
                        deserializer.deserialize(topics.links(), record.value()).getKeys()) {
                    if (keys.getOrDefault(key.getKind(), List.of()).contains(key.getHash())) {
                        SortedSet<String> others = byKind.computeIfAbsent(key.getKind(), kind -> new TreeSet<>());
                        if (others.size() < MOST_VALUES) {
                            others.add(record.key());
                        }
                    }
                }
            } catch (SerializationException e) {
                // One record that is none must not hide the others.
            }
        });
        return byKind;
    }

    private static final class Gathered {
        private final SortedSet<String> organizations = new TreeSet<>();
        private final Map<String, Long> models = new TreeMap<>();
        private final Set<Long> keys = new HashSet<>();
        private final Set<Long> endUsers = new HashSet<>();
        private final SortedMap<String, Map<String, Long>> links = new TreeMap<>();
        private final HourlyRequests hours = new HourlyRequests();
        private @Nullable Long newestSignUp;
        private @Nullable Long oldestSignUp;
        private long requests;

        void add(RequestFingerprint fingerprint) {
            requests++;
            hours.add(fingerprint.getEventTime());
            Long created = fingerprint.getAccountCreated();
            if (created != null) {
                newestSignUp = newestSignUp == null ? created : Long.valueOf(Math.max(newestSignUp, created));
                oldestSignUp = oldestSignUp == null ? created : Long.valueOf(Math.min(oldestSignUp, created));
            }
            if (fingerprint.getOrganizationId() != null && organizations.size() < MOST_VALUES) {
                organizations.add(fingerprint.getOrganizationId());
            }
            if (fingerprint.getModel() != null) {
                count(models, fingerprint.getModel());
            }
            add(keys, fingerprint.getApiKeyHash());
            add(endUsers, fingerprint.getEndUserHash());
            fingerprint.getLinks().forEach((kind, token) -> {
                if (links.containsKey(kind) || links.size() < MOST_VALUES) {
                    count(links.computeIfAbsent(kind, unused -> new TreeMap<>()), token);
                }
            });
        }

        private static void add(Set<Long> known, long hash) {
            if (hash != 0 && known.size() < MOST_VALUES) {
                known.add(hash);
            }
        }

        private static void count(Map<String, Long> tally, String value) {
            tally.merge(tally.containsKey(value) || tally.size() < MOST_VALUES ? value : OTHERS, 1L, Long::sum);
        }
    }
}
