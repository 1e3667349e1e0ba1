/** The parts of a profile: sums, counters, unions and bottom-k samples, each of which merges in any order. */
package io.stillwatch.profile.sketch;
