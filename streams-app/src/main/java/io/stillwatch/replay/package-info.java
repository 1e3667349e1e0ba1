/** Historical logs through the same topology: feeding, waiting until all is processed, reading the alerts. */
package io.stillwatch.replay;
