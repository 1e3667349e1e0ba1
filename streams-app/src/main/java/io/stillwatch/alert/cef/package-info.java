/** Alerts as lines of the ArcSight Common Event Format, which most SIEMs read. */
@NullMarked
package io.stillwatch.alert.cef;

import org.jspecify.annotations.NullMarked;
