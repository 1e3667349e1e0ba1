/**
 * Controls of an experiment: the same traffic with one side of the difference between honest and hostile accounts taken
 * away, so that what is left must do it.
 */
@NullMarked
package io.stillwatch.evaluate.control;

import org.jspecify.annotations.NullMarked;
