package io.stillwatch.simulate;

/** A role with its schedule. */
record Performance(Role role, Schedule schedule) {}
