package io.stillwatch.simulate;

import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Deals items, numbered in order of time, to players who each take so many. */
final class Hands {
    private static final int SHORTEST_RUN = 4;
    private static final int LONGEST_RUN = 16;

    private Hands() {}

    /**
     * The player of every item.
     *
     * @param capacities items that each player takes
     */
    static int[] deal(int[] capacities, Deal deal, Chance chance) {
        return switch (deal) {
            case ROUND_ROBIN -> rounds(capacities, null);
            case BURST -> rounds(capacities, chance);
            case IN_TURN -> inTurn(capacities);
            case RANDOM -> shuffled(inTurn(capacities), chance);
            case STICKY -> runs(capacities, chance);
        };
    }

    /** How many players still take an item in each round. */
    static int[] roundSizes(int[] capacities) {
        int[] sizes = new int[Arrays.stream(capacities).max().orElse(0)];
        for (int capacity : capacities) {
            for (int round = 0; round < capacity; round++) {
                sizes[round]++;
            }
        }
        return sizes;
    }

    private static int items(int[] capacities) {
        return Math.toIntExact(Arrays.stream(capacities).asLongStream().sum());
    }

    /** Every round in the order of the players, or in any order when there is a chance. */
    private static int[] rounds(int[] capacities, @Nullable Chance chance) {
        int[] player = new int[items(capacities)];
        int next = 0;
        for (int round = 0; next < player.length; round++) {
            int from = next;
            for (int p = 0; p < capacities.length; p++) {
                if (capacities[p] > round) {
                    player[next++] = p;
                }
            }
            if (chance != null) {
                shuffle(player, from, next, chance);
            }
        }
        return player;
    }

    private static int[] inTurn(int[] capacities) {
        int[] player = new int[items(capacities)];
        int next = 0;
        for (int p = 0; p < capacities.length; p++) {
            Arrays.fill(player, next, next + capacities[p], p);
            next += capacities[p];
        }
        return player;
    }

    private static int[] runs(int[] capacities, Chance chance) {
        int[] owner = new int[items(capacities)];
        int[] length = new int[owner.length];
        int count = 0;
        for (int p = 0; p < capacities.length; p++) {
            for (int left = capacities[p]; left > 0; left -= length[count++]) {
                owner[count] = p;
                length[count] = Math.min(left, chance.between(SHORTEST_RUN, LONGEST_RUN));
            }
        }
        int[] order = new int[count];
        Arrays.setAll(order, run -> run);
        shuffle(order, 0, count, chance);
        int[] player = new int[owner.length];
        int next = 0;
        for (int run : order) {
            Arrays.fill(player, next, next + length[run], owner[run]);
            next += length[run];
        }
        return player;
    }

    private static int[] shuffled(int[] numbers, Chance chance) {
        shuffle(numbers, 0, numbers.length, chance);
        return numbers;
    }

    private static void shuffle(int[] numbers, int from, int to, Chance chance) {
        for (int i = to - 1; i > from; i--) {
            int j = from + chance.below(i - from + 1);
            int swapped = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = swapped;
        }
    }
}
