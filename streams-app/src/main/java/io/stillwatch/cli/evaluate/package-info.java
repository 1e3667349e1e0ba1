/** The command that measures signatures on traffic with a known truth. */
package io.stillwatch.cli.evaluate;
