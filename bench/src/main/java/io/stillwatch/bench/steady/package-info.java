/** A load that goes on: how long alerts take under it, and whether what the process holds stays as it is. */
@NullMarked
package io.stillwatch.bench.steady;

import org.jspecify.annotations.NullMarked;
