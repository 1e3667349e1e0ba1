/** Campaigns as STIX 2.1 bundles, for sharing what was found between providers: free of Kafka. */
package io.stillwatch.alert.stix;
