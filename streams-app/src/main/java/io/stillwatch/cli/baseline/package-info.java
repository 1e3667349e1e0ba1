/** Commands that learn: baselines, kits and enrolments. */
package io.stillwatch.cli.baseline;
