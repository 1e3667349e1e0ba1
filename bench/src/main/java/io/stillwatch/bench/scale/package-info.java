/** Campaigns at the scale that was reported: time, memory, disk, and what is found. */
@NullMarked
package io.stillwatch.bench.scale;

import org.jspecify.annotations.NullMarked;
