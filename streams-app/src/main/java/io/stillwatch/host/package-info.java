/** What the machine gives the process: who may read its files, and how many it may open. Knows nothing else. */
@NullMarked
package io.stillwatch.host;

import org.jspecify.annotations.NullMarked;
