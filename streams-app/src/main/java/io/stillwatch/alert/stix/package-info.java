/** Campaigns as STIX 2.1 bundles, for sharing what was found between providers: free of Kafka. */
@NullMarked
package io.stillwatch.alert.stix;

import org.jspecify.annotations.NullMarked;
