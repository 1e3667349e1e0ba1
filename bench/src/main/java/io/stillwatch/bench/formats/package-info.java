/** How fast logs of each format are read. */
@NullMarked
package io.stillwatch.bench.formats;

import org.jspecify.annotations.NullMarked;
