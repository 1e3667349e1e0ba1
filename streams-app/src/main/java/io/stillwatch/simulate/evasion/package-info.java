/**
 * How attackers hide a harvest, each way with a strength: wrappers around what a hostile account does.
 *
 * <p>For measuring what hiding costs the attacker; {@code stillwatch evaluate --adversary} plays them all.
 */
@NullMarked
package io.stillwatch.simulate.evasion;

import org.jspecify.annotations.NullMarked;
