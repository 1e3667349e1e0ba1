/**
 * Profiles: mergeable summaries of many fingerprints. A profile is a commutative monoid; the same merge turns panes into
 * windows and accounts into campaigns. Its parts are in {@code sketch}, how bits are written in {@code codec}, the
 * numbers that signatures read in {@code feature}. Pure: no Kafka, no clock.
 */
@NullMarked
package io.stillwatch.profile;

import org.jspecify.annotations.NullMarked;
