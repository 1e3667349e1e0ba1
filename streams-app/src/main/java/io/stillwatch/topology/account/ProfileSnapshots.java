package io.stillwatch.topology.account;

import io.stillwatch.profile.Part;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Record;

/** Writes an account's profile down as it stands when a pane closes. */
final class ProfileSnapshots {
    private ProfileSnapshots() {}

    static Record<String, Object> record(String account, WindowedProfiles windows, Duration window) {
        StrandedProfile strands = windows.profile(window);
        Subject subject = windows.subject(window, Part.WHOLE).orElseThrow();
        Map<String, Double> features = new HashMap<>();
        for (Feature feature : Features.all()) {
            double value = feature.of(subject);
            if (Double.isFinite(value)) {
                features.put(feature.name(), value);
            }
        }
        long timeMs = windows.endMs() - 1;
        ProfileSnapshot snapshot = ProfileSnapshot.newBuilder()
                .setEntityType("account")
                .setEntityId(account)
                .setTime(timeMs)
                .setWindow(window.toString())
                .setRequests(strands.requests())
                .setFeatures(features)
                .setProfile(ByteBuffer.wrap(StrandedProfileCodec.encode(strands)))
                .build();
        return new Record<>(
                account,
                snapshot,
                timeMs,
                CloudEventHeaders.of(account + "/" + timeMs, EventTypes.PROFILE, "application/avro", timeMs));
    }
}
