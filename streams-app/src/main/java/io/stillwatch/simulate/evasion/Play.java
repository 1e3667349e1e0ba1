package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.time.Timing;

/**
 * What an account is about to do, before its requests are laid out.
 *
 * @param main the harvest
 * @param cover what it does between harvests
 * @param timing when its sessions begin
 * @param share of its requests that is harvest, 0 to 1
 * @param pace share of the planned requests that it makes at all, above 0 and at most 1
 */
public record Play(Actor main, Actor cover, Timing timing, double share, double pace) {
    /** Everything as planned. */
    public Play(Actor main, Actor cover, Timing timing, double share) {
        this(main, cover, timing, share, 1);
    }

    Play withMain(Actor newMain) {
        return new Play(newMain, cover, timing, share, pace);
    }

    Play withCover(Actor newCover, double newShare) {
        return new Play(main, newCover, timing, newShare, pace);
    }

    Play withTiming(Timing newTiming) {
        return new Play(main, cover, newTiming, share, pace);
    }

    Play withPace(double newPace) {
        return new Play(main, cover, timing, share, newPace);
    }
}
