/** Crash and restore: the program as processes that are killed, on a real broker that is not. */
package io.stillwatch.cli.crash;
