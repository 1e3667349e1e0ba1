/** What gateways and people ask over HTTP. */
@NullMarked
package io.stillwatch.console;

import org.jspecify.annotations.NullMarked;
