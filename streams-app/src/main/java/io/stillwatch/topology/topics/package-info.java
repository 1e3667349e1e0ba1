/**
 * The topics that a pipeline lives on: their catalogue, how they are made and compared, and who watches them while it runs.
 */
@NullMarked
package io.stillwatch.topology.topics;

import org.jspecify.annotations.NullMarked;
