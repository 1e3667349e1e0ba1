/** The program itself in a Java machine of its own, and what it takes of the machine. */
package io.stillwatch.bench.process;
