/** What a person sees: lines, tables, progress, on a terminal or through a pipe. */
package io.stillwatch.cli.terminal;
