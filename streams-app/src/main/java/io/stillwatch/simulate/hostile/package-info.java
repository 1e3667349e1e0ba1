/** Distillation behaviours, with the request parameters that the published harvest scripts use. */
@NullMarked
package io.stillwatch.simulate.hostile;

import org.jspecify.annotations.NullMarked;
