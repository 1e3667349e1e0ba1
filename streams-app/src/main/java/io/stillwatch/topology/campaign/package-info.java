/** The sub-topology that sees what all accounts share, on one partition, and finds campaigns in it. */
@NullMarked
package io.stillwatch.topology.campaign;

import org.jspecify.annotations.NullMarked;
