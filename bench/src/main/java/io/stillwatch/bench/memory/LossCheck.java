package io.stillwatch.bench.memory;

import io.stillwatch.bench.load.CommittedRecords;
import io.stillwatch.bench.load.ProgressLine;
import io.stillwatch.bench.load.Workspace;
import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Compares what was sent with what the pipeline published, by its committed output alone: every event has one fingerprint,
 * nothing was set aside, and the profiles of the accounts that returned count all of their requests.
 */
final class LossCheck {
    private final Workspace workspace;
    private final SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
    private long eventsSent;
    private long idsSent;

    LossCheck(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Takes note of an event that is sent. */
    void sent(String eventId) {
        eventsSent++;
        idsSent += mixed(eventId);
    }

    /** Reads the output; returns one sentence for each thing that is wrong with it. */
    List<String> complaints(Crowd crowd) {
        List<String> complaints = new ArrayList<>();
        long[] fingerprints = {0, 0};
        ProgressLine progress = new ProgressLine("reading the fingerprints", eventsSent);
        read(workspace.topics().fingerprints(), RequestFingerprint.class, fingerprint -> {
            fingerprints[0]++;
            fingerprints[1] += mixed(fingerprint.getEventId());
            progress.at(fingerprints[0]);
        });
        if (fingerprints[0] != eventsSent || fingerprints[1] != idsSent) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "%,d events were sent, %,d fingerprints came out%s",
                    eventsSent,
                    fingerprints[0],
                    fingerprints[0] == eventsSent ? ", not of the same events" : ""));
        }
        Map<String, Long> counted = new HashMap<>();
        read(
                workspace.topics().profiles(),
                ProfileSnapshot.class,
                snapshot -> counted.merge(snapshot.getEntityId(), snapshot.getRequests(), Math::max));
        long wrong = crowd.returningIds().stream()
                .filter(account -> counted.getOrDefault(account, 0L) != crowd.requestsOfReturning())
                .count();
        if (wrong > 0) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d accounts that returned have another count than %d requests in their profile",
                    wrong,
                    crowd.returning(),
                    crowd.requestsOfReturning()));
        }
        long[] setAside = {0};
        CommittedRecords.read(workspace, workspace.topics().deadLetters(), record -> setAside[0]++);
        if (setAside[0] > 0) {
            complaints.add(String.format(Locale.ROOT, "%,d records were set aside", setAside[0]));
        }
        return complaints;
    }

    /** Spreads ids over 64 bits, so that their sum tells apart what was sent from anything else. */
    private static long mixed(String id) {
        long hash = 0;
        for (int at = 0; at < id.length(); at++) {
            hash = (hash ^ id.charAt(at)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    private <T extends SpecificRecord> void read(String topic, Class<T> type, Consumer<T> each) {
        try (Deserializer<T> values = serdes.serde(type).deserializer()) {
            CommittedRecords.read(workspace, topic, record -> each.accept(values.deserialize(topic, record.value())));
        }
    }
}
