package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.schema.RequestFingerprint;
import java.util.function.LongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SampledIdsTest {
    private static final int REQUESTS = 2_000;

    @Test
    void requestsWithIdsOfTheirOwnNeverCollide() {
        assertThat(colliding(at -> "request-" + at, at -> at)).isZero();
    }

    @Test
    void oneIdOnDifferentRequestsCollidesEachTime() {
        assertThat(colliding(at -> "same", at -> at)).isEqualTo(REQUESTS - 16);
    }

    @Test
    void oneIdOnTheSameRequestIsARepetitionAndNoCollision() {
        assertThat(colliding(at -> "request-" + at / 2, at -> at / 2)).isZero();
    }

    @Property(tries = 40)
    void idsDealtFromAListCollideAsOftenAsEightInItsLength(@ForAll @IntRange(min = 8, max = 200) int ids) {
        double laps = (double) REQUESTS / ids;
        assertThat(colliding(at -> "id-" + at % ids, at -> at)).isBetween(8 * (laps - 4), Math.ceil(8 * laps));
    }

    @Property(tries = 40)
    void whatIsStoredGoesOnAsIfItHadNotBeen(@ForAll @IntRange(min = 0, max = 100) int before) {
        RecentRequests kept = new RecentRequests();
        for (int at = 0; at < before; at++) {
            kept.tie(request("id-" + at % 5, at));
        }
        StateWriter out = new StateWriter();
        kept.write(out);
        RecentRequests read = RecentRequests.read(new StateReader(out.toByteArray()));

        for (int at = before; at < before + 40; at++) {
            RequestFingerprint next = request("id-" + at % 5, at);
            assertThat(read.tie(next)).isEqualTo(kept.tie(next));
        }
    }

    private static double colliding(LongFunction<String> ids, LongFunction<Long> contents) {
        RecentRequests recent = new RecentRequests();
        Profile profile = new Profile();
        for (long at = 0; at < REQUESTS; at++) {
            RequestFingerprint request = request(ids.apply(at), contents.apply(at));
            profile.add(request, recent.tie(request));
        }
        return Features.named("colliding_ids").orElseThrow().of(profile);
    }

    private static RequestFingerprint request(String id, long content) {
        RequestFingerprint request = AnyFingerprint.of(content);
        request.setEventId(id);
        request.setExactHash(content + 1);
        return request;
    }
}
