/** What there is to see and set about logs of others. */
@NullMarked
package io.stillwatch.cli.sources;

import org.jspecify.annotations.NullMarked;
