/** Campaigns at the scale that was reported: time, memory, disk, and what is found. */
package io.stillwatch.bench.scale;
