/** How fast logs of each format are read. */
package io.stillwatch.bench.formats;
