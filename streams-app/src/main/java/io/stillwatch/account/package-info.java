/**
 * An account's time: its panes, index, windows, clock and timers; which of its requests count, which are late and which
 * repetitions; and when it is looked at. Knows nothing of Kafka and reads no clock.
 */
@NullMarked
package io.stillwatch.account;

import org.jspecify.annotations.NullMarked;
