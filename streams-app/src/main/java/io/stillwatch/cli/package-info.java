/** The command line: what starts it, its help, its settings and its errors. The commands are in packages by what a user does. */
@NullMarked
package io.stillwatch.cli;

import org.jspecify.annotations.NullMarked;
