package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.claim.Guise;
import io.stillwatch.simulate.time.Timing;

/**
 * An account with what it plays.
 *
 * @param account its traits
 * @param main what its kind does
 * @param cover what it does between harvests; the same as {@code main} for accounts of one piece
 * @param timing when its sessions begin
 * @param guise what it claims in all its requests
 */
record Role(Account account, Actor main, Actor cover, Timing timing, Guise guise) {}
