package io.stillwatch.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.PartitionClock;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class AccountTimersInStoreTest {
    private record Timer(long minute, String account) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return minute == other.minute ? account.compareTo(other.account) : Long.compare(minute, other.minute);
        }
    }

    @Property(tries = 300)
    void timersAreDueAsIfAllWereLookedThrough(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AccountStore store = store();
        NavigableSet<Timer> model = new TreeSet<>();
        long now = 0;
        for (int step = 0; step < 200; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    // Some lie in the past: what is due already is dealt with at the next minute.
                    Timer timer = new Timer(now + random.nextInt(-20, 60), "a" + random.nextInt(30));
                    store.setTimer(timer.minute(), timer.account());
                    model.add(timer);
                }
                case 2 -> {
                    if (!model.isEmpty()) {
                        Timer timer = random.nextBoolean() ? model.first() : model.last();
                        store.clearTimer(timer.minute(), timer.account());
                        model.remove(timer);
                    }
                }
                case 3 -> now += random.nextInt(30);
                default -> assertAllAreDue(store, model, now, random.nextInt(1, 8));
            }
            if (random.nextInt(50) == 0) {
                store.clearCache();
            }
        }
        assertAllAreDue(store, model, Long.MAX_VALUE / 2, 4);
    }

    /** As the course of accounts goes through them: some at a time, and each is cleared. */
    private static void assertAllAreDue(AccountStore store, NavigableSet<Timer> model, long minute, int most) {
        List<String> due;
        do {
            due = store.due(minute, most);
            List<Timer> expected = model.stream()
                    .filter(timer -> timer.minute() <= minute)
                    .limit(most)
                    .toList();
            assertThat(due).isEqualTo(expected.stream().map(Timer::account).toList());
            for (Timer timer : expected) {
                store.clearTimer(timer.minute(), timer.account());
                model.remove(timer);
            }
        } while (due.size() == most);
    }

    @Test
    void timersThatAreGoneAreNotGoneThroughAgain() {
        List<Bytes> from = new ArrayList<>();
        AccountStore store = new AccountStore(opened(new AskedStore(from)), 1 << 20, 1, false, new PartitionClock());
        for (int minute = 0; minute < 1_000; minute++) {
            store.setTimer(minute, "a");
            store.due(minute, 256);
            store.clearTimer(minute, "a");
        }

        assertThat(from.subList(1, from.size())).isSorted().doesNotHaveDuplicates();
        int asked = from.size();
        store.setTimer(5_000, "a");
        store.due(999, 256);
        store.due(999, 256);
        store.due(999, 256);
        assertThat(from).as("what cannot be due is not looked for").hasSizeLessThanOrEqualTo(asked + 1);
    }

    private static AccountStore store() {
        return new AccountStore(
                opened(Stores.inMemoryKeyValueStore("accounts").get()), 1 << 20, 1, false, new PartitionClock());
    }

    private static KeyValueStore<Bytes, byte[]> opened(KeyValueStore<Bytes, byte[]> store) {
        StateStore root = store;
        store.init(new MockProcessorContext<String, String>().getStateStoreContext(), root);
        return store;
    }
}
