/** Commands that run a pipeline: live, over logs, as a demonstration; and the one that makes traffic. */
@NullMarked
package io.stillwatch.cli.run;

import org.jspecify.annotations.NullMarked;
