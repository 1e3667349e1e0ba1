/** Options that several commands share, each read and checked in one place. */
@NullMarked
package io.stillwatch.cli.option;

import org.jspecify.annotations.NullMarked;
