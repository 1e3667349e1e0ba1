/** Text as people read it: figures, one line of JSON, what may be printed, and what somebody probably meant. Knows nothing else. */
@NullMarked
package io.stillwatch.text;

import org.jspecify.annotations.NullMarked;
