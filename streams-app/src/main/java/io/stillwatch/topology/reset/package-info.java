/** Makes the state of an application anew, or takes it away. */
package io.stillwatch.topology.reset;
