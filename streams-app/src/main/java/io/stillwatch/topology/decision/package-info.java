/** The sub-topology that makes decisions of alerts, members of campaigns and orders, on one partition. */
package io.stillwatch.topology.decision;
