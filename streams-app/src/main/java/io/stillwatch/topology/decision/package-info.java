/** The sub-topology that makes decisions of alerts, members of campaigns and orders, on one partition. */
@NullMarked
package io.stillwatch.topology.decision;

import org.jspecify.annotations.NullMarked;
