/** The command line: its commands, their settings, and what people see. */
package io.stillwatch.cli;
