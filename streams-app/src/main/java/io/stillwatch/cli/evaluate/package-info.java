/** The command that measures signatures on traffic with a known truth. */
@NullMarked
package io.stillwatch.cli.evaluate;

import org.jspecify.annotations.NullMarked;
