/** Honest personas, above all those that look like a harvest: heavy, automated, narrow or repetitive. */
@NullMarked
package io.stillwatch.simulate.honest;

import org.jspecify.annotations.NullMarked;
