/** What gateways and people ask over HTTP. */
package io.stillwatch.console;
