/** The command line: what starts it, its help, its settings and its errors. The commands are in packages by what a user does. */
package io.stillwatch.cli;
