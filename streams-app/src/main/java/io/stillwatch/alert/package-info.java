/** The life of alerts and their formats. Pure: findings and event time in, alert steps out. */
package io.stillwatch.alert;
