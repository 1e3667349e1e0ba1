/** Commands about alerts and the allowlist: what an analyst reads and says. */
@NullMarked
package io.stillwatch.cli.alerts;

import org.jspecify.annotations.NullMarked;
