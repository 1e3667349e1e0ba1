/** Commands that learn: baselines, kits and enrolments. */
@NullMarked
package io.stillwatch.cli.baseline;

import org.jspecify.annotations.NullMarked;
