/** The program itself in a Java machine of its own, and what it takes of the machine. */
@NullMarked
package io.stillwatch.bench.process;

import org.jspecify.annotations.NullMarked;
