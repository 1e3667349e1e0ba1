package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.RequestFingerprint;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
    @Property(tries = 50)
    void anIdIsNewOnceAndRepeatedEverAfter(@ForAll @IntRange(min = 1, max = 3_000) int ids) {
        SeenIds seen = new SeenIds();
        for (int id = 0; id < ids; id++) {
            assertThat(seen.add(hash(id))).isEqualTo(SeenIds.Outcome.NEW);
        }
        for (int id = 0; id < ids; id++) {
            assertThat(seen.contains(hash(id))).isTrue();
            assertThat(seen.add(hash(id))).isEqualTo(SeenIds.Outcome.REPEATED);
        }
        assertThat(seen.size()).isEqualTo(ids);
    }

    @Property(tries = 50)
    void chunksAndTheRecordTogetherRememberEveryId(
            @ForAll @IntRange(min = 0, max = 3_000) int ids, @ForAll @IntRange(min = 1, max = 700) int flushEvery) {
        SeenIds seen = new SeenIds();
        List<byte[]> chunks = new ArrayList<>();
        for (int id = 0; id < ids; id++) {
            seen.add(hash(id));
            if (id % flushEvery == 0) {
                while (seen.hasFullChunk()) {
                    chunks.add(seen.takeChunk(7));
                }
            }
        }
        StateWriter out = new StateWriter();
        seen.write(out);
        SeenIds read = SeenIds.read(new StateReader(out.toByteArray()));
        assertThat(read.chunks()).isEqualTo(chunks.size());
        chunks.forEach(read::load);

        assertThat(read.size()).isEqualTo(ids);
        for (int id = 0; id < ids; id++) {
            assertThat(read.contains(hash(id))).isTrue();
        }
        assertThat(read.contains(hash(ids))).isFalse();
    }

    @Test
    void whatIsWrittenAnewIsOnlyTheIdsSinceTheLastChunk() {
        SeenIds seen = new SeenIds();
        for (int id = 0; id < 10 * SeenIds.CHUNK + 3; id++) {
            seen.add(hash(id));
        }
        while (seen.hasFullChunk()) {
            seen.takeChunk(1);
        }
        StateWriter out = new StateWriter();
        seen.write(out);

        assertThat(out.toByteArray()).hasSizeLessThan(20);
    }

    @Test
    void aFullHourSaysThatItForgets() {
        SeenIds seen = new SeenIds();
        for (int id = 0; id < SeenIds.MOST; id++) {
            seen.add(id + 1);
        }

        assertThat(seen.add(SeenIds.MOST + 1)).isEqualTo(SeenIds.Outcome.FORGOTTEN);
        assertThat(seen.add(1)).isEqualTo(SeenIds.Outcome.REPEATED);
        assertThat(seen.size()).isEqualTo(SeenIds.MOST);
    }

    @Test
    void theSameIdOnAnotherPromptOrAtAnotherTimeIsNoRepetition() {
        RequestFingerprint request = request("always", 5, 60_000);

        assertThat(SeenIds.hash(request("always", 6, 60_000), 0)).isNotEqualTo(SeenIds.hash(request, 0));
        assertThat(SeenIds.hash(request("always", 5, 600_000), 0)).isNotEqualTo(SeenIds.hash(request, 0));
        assertThat(SeenIds.hash(request("always", 5, 61_000), 0)).isEqualTo(SeenIds.hash(request, 0));
        assertThat(SeenIds.hash(request("always", 5, 70_500), -1)).isEqualTo(SeenIds.hash(request, 0));
    }

    private static int hash(int id) {
        return SeenIds.hash(request("event-" + id, 1, 60_000), 0);
    }

    private static RequestFingerprint request(String id, long prompt, long timeMs) {
        RequestFingerprint request = new RequestFingerprint();
        request.setEventId(id);
        request.setExactHash(prompt);
        request.setEventTime(timeMs);
        return request;
    }
}
