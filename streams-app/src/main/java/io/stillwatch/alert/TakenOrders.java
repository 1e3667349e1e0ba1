package io.stillwatch.alert;

import io.stillwatch.fingerprint.Hash64;
import java.util.ArrayList;
import java.util.List;

/**
 * The orders that an alert has taken, so that none counts twice: hashes of the ids of the newest {@value #MOST}.
 *
 * @param hashes of ids, 64 bits each, oldest first
 */
public record TakenOrders(List<Long> hashes) {
    /** No order yet. */
    public static final TakenOrders NONE = new TakenOrders(List.of());

    /** Ids that are remembered. */
    public static final int MOST = 32;

    public TakenOrders {
        hashes = List.copyOf(hashes);
    }

    /** Whether the order with an id is among them. */
    public boolean has(String id) {
        return hashes.contains(Hash64.of(id));
    }

    /** These and one more. */
    TakenOrders and(String id) {
        List<Long> more = new ArrayList<>(hashes);
        more.add(Hash64.of(id));
        return new TakenOrders(more.size() > MOST ? more.subList(more.size() - MOST, more.size()) : more);
    }
}
