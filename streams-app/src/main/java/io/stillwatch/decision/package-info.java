/** From alerts to what a gateway should do about accounts. Pure: alert steps, members and orders in, decisions out. */
@NullMarked
package io.stillwatch.decision;

import org.jspecify.annotations.NullMarked;
