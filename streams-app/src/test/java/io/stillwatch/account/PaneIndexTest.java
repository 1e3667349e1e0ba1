package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PaneIndexTest {
    @Provide
    Arbitrary<List<Long>> times() {
        return Arbitraries.longs().between(-40, 40).list().ofMaxSize(60);
    }

    @Property
    void requestsAreThoseOfThePanesInTheSpan(@ForAll("times") List<Long> times, @ForAll long seed) {
        PaneIndex index = new PaneIndex();
        TreeMap<Long, Long> expected = new TreeMap<>();
        for (long time : times) {
            index.add(time, 2);
            expected.merge(time, 2L, Long::sum);
        }
        long from = Math.floorMod(seed, 90L) - 45;
        long to = from + Math.floorMod(seed >>> 8, 30L);

        assertThat(index.requests(from, to))
                .isEqualTo(expected.subMap(from, true, to, true).values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        assertThat(index.between(from, to))
                .containsExactly(expected.subMap(from, true, to, true).keySet().stream()
                        .mapToLong(Long::longValue)
                        .toArray());
        Long first = expected.ceilingKey(from);
        assertThat(index.firstFrom(from)).isEqualTo(first == null ? PaneIndex.NOWHERE : first);
        index.dropBefore(from);
        assertThat(index.size()).isEqualTo(expected.tailMap(from).size());
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("times") List<Long> times) {
        PaneIndex index = new PaneIndex();
        for (long time : times) {
            index.add(time, Math.abs(time));
            if (time % 3 == 0) {
                index.shelfOr(time, time + 5);
            }
        }
        PaneIndex read = PaneIndex.read(new StateReader(bytes(index)));

        assertThat(bytes(read)).isEqualTo(bytes(index));
        for (long time : times) {
            assertThat(read.contains(time)).isTrue();
            assertThat(read.shelf(time)).isEqualTo(time % 3 == 0 ? time + 5 : PaneIndex.NOWHERE);
        }
    }

    private static byte[] bytes(PaneIndex index) {
        StateWriter out = new StateWriter();
        index.write(out);
        return out.toByteArray();
    }
}
