package io.stillwatch.simulate.actor;

/** Writes the request that an account makes at a moment; a pure function of the moment. */
@FunctionalInterface
public interface Script {
    void write(Moment moment, Draft draft);
}
