/** Seeded chance: the only source of variation in simulated traffic, the same on every machine and JDK. */
@NullMarked
package io.stillwatch.simulate.chance;

import org.jspecify.annotations.NullMarked;
