/** Alerts as OCSF Detection Findings: free of Kafka. */
package io.stillwatch.alert.ocsf;
