/** When requests come: people in sittings, machines in bursts, jobs in one go, and patient ones spread thin. */
package io.stillwatch.simulate.time;
