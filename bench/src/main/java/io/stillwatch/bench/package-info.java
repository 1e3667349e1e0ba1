/** Benchmarks: what the application's parts cost. Built with the Maven profile {@code bench} only. */
package io.stillwatch.bench;
