/** When requests come: people in sittings, machines in bursts, jobs in one go, and patient ones spread thin. */
@NullMarked
package io.stillwatch.simulate.time;

import org.jspecify.annotations.NullMarked;
