/**
 * What a record carries and how it is read and written: headers, times, serialisers, dead letters and the end of a log.
 */
@NullMarked
package io.stillwatch.topology.record;

import org.jspecify.annotations.NullMarked;
