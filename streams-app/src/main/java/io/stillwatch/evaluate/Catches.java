package io.stillwatch.evaluate;

import java.util.Optional;

/**
 * When an account's alert first said how much.
 *
 * @param any its first alert; empty when none was opened
 * @param aboveLow the first step of an alert above low severity; empty when there was none
 */
public record Catches(Optional<Catch> any, Optional<Catch> aboveLow) {
    /** No alert. */
    public static final Catches NONE = new Catches(Optional.empty(), Optional.empty());

    /** The first that reaches a tier. */
    public Optional<Catch> of(Tier tier) {
        return switch (tier) {
            case ANY -> any;
            case ABOVE_LOW -> aboveLow;
        };
    }

    /** The earlier of both in each tier; this one's when they are at the same time. */
    Catches or(Catches other) {
        return new Catches(earlier(any, other.any), earlier(aboveLow, other.aboveLow));
    }

    private static Optional<Catch> earlier(Optional<Catch> one, Optional<Catch> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return other.get().timeMs() < one.get().timeMs() ? other : one;
    }

    /** The same with a catch taken in, unless there is an earlier one already. */
    Catches with(Tier tier, Catch caught) {
        return or(
                switch (tier) {
                    case ANY -> new Catches(Optional.of(caught), Optional.empty());
                    case ABOVE_LOW -> new Catches(Optional.empty(), Optional.of(caught));
                });
    }
}
