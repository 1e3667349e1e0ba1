/** What a person sees: lines, tables, progress, on a terminal or through a pipe. */
@NullMarked
package io.stillwatch.cli.terminal;

import org.jspecify.annotations.NullMarked;
