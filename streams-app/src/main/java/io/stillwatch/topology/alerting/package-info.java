/** How what a look found is told: alerts, and findings that raise none. */
package io.stillwatch.topology.alerting;
