/** From alerts to what a gateway should do about accounts. Pure: alert steps, members and orders in, decisions out. */
package io.stillwatch.decision;
