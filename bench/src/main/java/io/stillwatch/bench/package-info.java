/** Benchmarks: what the application's parts cost. Built with the Maven profile {@code bench} only. */
@NullMarked
package io.stillwatch.bench;

import org.jspecify.annotations.NullMarked;
