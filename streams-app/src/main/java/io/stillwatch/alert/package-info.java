/** The life of alerts and their formats. Pure: findings and event time in, alert steps out. */
@NullMarked
package io.stillwatch.alert;

import org.jspecify.annotations.NullMarked;
