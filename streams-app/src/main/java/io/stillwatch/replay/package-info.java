/** Historical logs through the same topology: feeding, waiting until all is processed, reading the alerts. */
@NullMarked
package io.stillwatch.replay;

import org.jspecify.annotations.NullMarked;
