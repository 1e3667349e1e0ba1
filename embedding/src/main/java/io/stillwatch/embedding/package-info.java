/**
 * Makes the token table of {@link io.stillwatch.fingerprint.StaticEmbedder} from a sentence-embedding model, and measures
 * how near the one comes to the other. Built with the Maven profile {@code embedding} only; no part of the application.
 */
@NullMarked
package io.stillwatch.embedding;

import org.jspecify.annotations.NullMarked;
