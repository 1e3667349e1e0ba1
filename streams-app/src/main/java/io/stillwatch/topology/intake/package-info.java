/** Topics that other systems write in their own form, and pieces of requests, as request events. */
@NullMarked
package io.stillwatch.topology.intake;

import org.jspecify.annotations.NullMarked;
