package io.stillwatch.profile.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.AnyFingerprint;
import io.stillwatch.profile.Profile;
import io.stillwatch.schema.RequestFingerprint;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is counted by sketches errs upwards as often as downwards; what is printed of it must not contradict itself. */
class DistinctCountsTest {
    private static final List<Feature> DISTINCT = Features.all().stream()
            .filter(feature -> feature.name().startsWith("distinct_"))
            .toList();

    @Property(tries = 60)
    void nothingIsSeenInMoreKindsThanThereAreRequests(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_000) int requests) {
        SplittableRandom random = new SplittableRandom(seed);
        Profile profile = new Profile();
        for (int at = 0; at < requests; at++) {
            profile.add(unlikeAnyOther(at, random));
        }

        assertThat(DISTINCT).hasSizeGreaterThan(6);
        for (Feature feature : DISTINCT) {
            double value = feature.of(profile);
            assertThat(Double.isNaN(value) ? 0 : value).as(feature.name()).isBetween(0.0, (double) requests);
        }
    }

    private static RequestFingerprint unlikeAnyOther(int at, SplittableRandom random) {
        RequestFingerprint request = AnyFingerprint.of(random.nextLong());
        request.setEventId("e-" + at);
        request.setEventTime(1_790_000_000_000L + at * 1_000L);
        request.setModel("m-" + at);
        request.setLinks(Map.of("network", "n-" + random.nextLong(), "client", "c-" + random.nextLong()));
        request.setExactHash(Hash64.finish(random.nextLong()));
        request.setSkeletonHash(Hash64.finish(random.nextLong()));
        request.setSystemHash(Hash64.finish(random.nextLong()));
        request.setToolsHash(Hash64.finish(random.nextLong()));
        request.setConversationHash(Hash64.finish(random.nextLong()));
        request.setEndUserHash(Hash64.finish(random.nextLong()));
        request.setApiKeyHash(Hash64.finish(random.nextLong()));
        return request;
    }
}
