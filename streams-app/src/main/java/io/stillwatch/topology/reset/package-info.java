/** Makes the state of an application anew, or takes it away. */
@NullMarked
package io.stillwatch.topology.reset;

import org.jspecify.annotations.NullMarked;
