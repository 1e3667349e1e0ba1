/**
 * How well the signatures tell hostile accounts from honest ones: the arithmetic behind {@code stillwatch evaluate}.
 *
 * <p>From what a run showed of every account and the truth about it to rates, curves and quantiles. Pure: it runs nothing
 * and reads no clock.
 */
@NullMarked
package io.stillwatch.evaluate;

import org.jspecify.annotations.NullMarked;
