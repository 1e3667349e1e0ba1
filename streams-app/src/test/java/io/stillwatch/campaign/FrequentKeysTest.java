package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FrequentKeysTest {
    private static final int ROOM = 4;

    @Property
    void everyKeyAboveItsShareIsThereAndNoCountIsTooHighOrMuchTooLow(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 9) Integer> stream) {
        FrequentKeys keys = new FrequentKeys();
        Map<Long, Long> exact = new HashMap<>();
        for (int key : stream) {
            keys.add(key, ROOM);
            exact.merge((long) key, 1L, Long::sum);
        }
        Map<Long, Long> kept = kept(keys);

        double error = stream.size() / (ROOM + 1.0);
        exact.forEach((key, count) -> {
            long said = kept.getOrDefault(key, 0L);
            assertThat(said).isLessThanOrEqualTo(count);
            assertThat((double) said).isGreaterThanOrEqualTo(count - error);
        });
        assertThat(keys.size()).isLessThanOrEqualTo(ROOM);
    }

    @Property
    void countsOfFewKeysAreExact(@ForAll @Size(max = 100) List<@IntRange(min = 0, max = ROOM - 1) Integer> stream) {
        FrequentKeys keys = new FrequentKeys();
        Map<Long, Long> exact = new HashMap<>();
        for (int key : stream) {
            keys.add(key, ROOM);
            exact.merge((long) key, 1L, Long::sum);
        }

        assertThat(kept(keys)).isEqualTo(exact);
    }

    @Property
    void whatIsWrittenIsRead(@ForAll @Size(max = 50) List<Long> stream) {
        FrequentKeys keys = new FrequentKeys();
        stream.forEach(key -> keys.add(key, ROOM));
        StateWriter out = new StateWriter();
        keys.write(out);

        StateReader in = new StateReader(out.toByteArray());
        assertThat(kept(FrequentKeys.read(in, ROOM))).isEqualTo(kept(keys));
        assertThat(in.atEnd()).isTrue();
    }

    private static Map<Long, Long> kept(FrequentKeys keys) {
        Map<Long, Long> kept = new HashMap<>();
        for (int at = 0; at < keys.size(); at++) {
            kept.put(keys.key(at), keys.count(at));
        }
        return kept;
    }
}
