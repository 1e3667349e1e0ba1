/** How what a look found is told: alerts, and findings that raise none. */
@NullMarked
package io.stillwatch.topology.alerting;

import org.jspecify.annotations.NullMarked;
