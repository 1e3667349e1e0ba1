package io.stillwatch.evaluate;

import java.util.OptionalLong;

/**
 * What came of one attacker's account.
 *
 * @param untilAny what it harvests in a month until any alert
 * @param untilAboveLow what it harvests in a month until an alert above low
 * @param requestsAny requests that it had made at its first alert; empty without one
 * @param requestsAboveLow requests that it had made at its first alert above low; empty without one
 * @param effort what it had to send
 */
public record Spoils(
        Haul untilAny, Haul untilAboveLow, OptionalLong requestsAny, OptionalLong requestsAboveLow, Effort effort) {
    /** What it harvests until an alert of a tier. */
    public Haul until(Tier tier) {
        return switch (tier) {
            case ANY -> untilAny;
            case ABOVE_LOW -> untilAboveLow;
        };
    }

    /** Requests that it had made at its first alert of a tier. */
    public OptionalLong requests(Tier tier) {
        return switch (tier) {
            case ANY -> requestsAny;
            case ABOVE_LOW -> requestsAboveLow;
        };
    }
}
