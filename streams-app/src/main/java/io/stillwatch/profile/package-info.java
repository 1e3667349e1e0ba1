/**
 * Profiles: mergeable summaries of many fingerprints, and the features read from them. A profile is a commutative
 * monoid; the same merge turns panes into windows and accounts into campaigns. Pure: no Kafka, no clock.
 */
package io.stillwatch.profile;
