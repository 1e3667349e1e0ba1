/** The parts of a profile: sums, counters, unions and bottom-k samples, each of which merges in any order. */
@NullMarked
package io.stillwatch.profile.sketch;

import org.jspecify.annotations.NullMarked;
