/** Commands about alerts and the allowlist: what an analyst reads and says. */
package io.stillwatch.cli.alerts;
