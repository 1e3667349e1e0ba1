/** Seeded chance: the only source of variation in simulated traffic, the same on every machine and JDK. */
package io.stillwatch.simulate.chance;
