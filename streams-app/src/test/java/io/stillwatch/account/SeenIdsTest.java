package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
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

    private static int hash(int id) {
        return SeenIds.hash("event-" + id);
    }
}
