/** Commands about decisions on accounts. */
package io.stillwatch.cli.decisions;
