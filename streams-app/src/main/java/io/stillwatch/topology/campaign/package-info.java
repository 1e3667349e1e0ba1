/** The sub-topology that sees what all accounts share, on one partition, and finds campaigns in it. */
package io.stillwatch.topology.campaign;
