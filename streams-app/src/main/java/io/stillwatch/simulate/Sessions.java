package io.stillwatch.simulate;

/** An account's sessions before they have times: whether each is part of a harvest, and how many turns it has. */
final class Sessions {
    private final boolean[] hostile;
    private final short[] turns;
    private final int requests;

    /**
     * Takes over the arrays.
     *
     * @param hostile by session
     * @param turns by session
     * @param requests in all, retries included
     */
    Sessions(boolean[] hostile, short[] turns, int requests) {
        this.hostile = hostile;
        this.turns = turns;
        this.requests = requests;
    }

    int count() {
        return turns.length;
    }

    int requests() {
        return requests;
    }

    boolean hostile(int session) {
        return hostile[session];
    }

    int turns(int session) {
        return turns[session];
    }

    short[] allTurns() {
        return turns;
    }

    int hostileCount() {
        int count = 0;
        for (boolean h : hostile) {
            count += h ? 1 : 0;
        }
        return count;
    }
}
