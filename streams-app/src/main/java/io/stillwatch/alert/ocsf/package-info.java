/** Alerts as OCSF Detection Findings: free of Kafka. */
@NullMarked
package io.stillwatch.alert.ocsf;

import org.jspecify.annotations.NullMarked;
