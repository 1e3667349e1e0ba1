/** Alerts as lines of the ArcSight Common Event Format, which most SIEMs read. */
package io.stillwatch.alert.cef;
