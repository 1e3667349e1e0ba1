package io.stillwatch.simulate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The accounts that are ready to be played. Heavy ones stay until they have finished; of the light ones, which are
 * quickly made anew, only those stay that were played last and will soon be played again, so that half a million of them
 * fit into a few hundred megabytes.
 */
final class Stage {
    private static final int HEAVY_REQUESTS = 2_000;
    private static final int LIGHT_ACCOUNTS = 40_000;
    private static final int CROWDED = LIGHT_ACCOUNTS / 2;
    private static final long SOON_MS = 3_600_000L;

    private final Simulator simulator;
    private final int[] groupOf;
    private final int[] firstOfGroup;
    private final Map<Integer, Performance> heavy = new HashMap<>();
    private final Map<Integer, Performance> light;

    Stage(Simulator simulator) {
        this.simulator = simulator;
        int[] sizes = simulator.groupSizes();
        firstOfGroup = new int[sizes.length];
        int count = 0;
        for (int g = 0; g < sizes.length; g++) {
            firstOfGroup[g] = count;
            count += sizes[g];
        }
        groupOf = new int[count];
        for (int g = 0; g < sizes.length; g++) {
            Arrays.fill(groupOf, firstOfGroup[g], firstOfGroup[g] + sizes[g], g);
        }
        light = new LinkedHashMap<>(1024, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Performance> eldest) {
                return size() > LIGHT_ACCOUNTS;
            }
        };
    }

    /** The account of that number, counted over all groups. */
    Performance performance(int account) {
        Performance found = light.get(account);
        if (found == null) {
            found = heavy.get(account);
        }
        if (found == null) {
            int group = groupOf[account];
            found = simulator.perform(group, account - firstOfGroup[group]);
            (found.schedule().size() >= HEAVY_REQUESTS ? heavy : light).put(account, found);
        }
        return found;
    }

    /** The account makes its next request so many milliseconds of event time later. */
    void rest(int account, long forMs) {
        // In a crowd, whoever has left for the day would only push out those who are about to go on.
        if (forMs > SOON_MS && light.size() > CROWDED) {
            light.remove(account);
        }
    }

    /** The account has made its last request. */
    void leave(int account) {
        heavy.remove(account);
        light.remove(account);
    }
}
