/** Commands that run a pipeline: live, over logs, as a demonstration; and the one that makes traffic. */
package io.stillwatch.cli.run;
