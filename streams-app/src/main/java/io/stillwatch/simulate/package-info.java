/**
 * Traffic with a known truth: a plan names groups of personas and behaviours, the simulator plays them and gives their
 * request events in event-time order.
 *
 * <p>Every request is a pure function of the plan's seed, the account, the session and the turn, so the order in which
 * accounts are played, the machine and the JDK make no difference.
 */
@NullMarked
package io.stillwatch.simulate;

import org.jspecify.annotations.NullMarked;
