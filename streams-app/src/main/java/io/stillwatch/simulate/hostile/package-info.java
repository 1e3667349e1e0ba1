/** Distillation behaviours, with the request parameters that the published harvest scripts use. */
package io.stillwatch.simulate.hostile;
