/**
 * What callers write for free, made up: each claim forges a field of a request event, or a few that belong together.
 *
 * <p>Claims work on logged events, so they disguise simulated traffic and any labelled file alike. What a claim makes the
 * provider count, it counts: instructions and tools that are sent along cost their tokens.
 */
@NullMarked
package io.stillwatch.simulate.claim;

import org.jspecify.annotations.NullMarked;
