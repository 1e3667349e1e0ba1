package io.stillwatch.bench;

/** How an account calls. */
public enum Ways {
    /** One program with fixed parameters, as most accounts are: one strand. */
    ONE,

    /** With the parameters of all the simulator's accounts by turns: five strands or six, about the most there are. */
    ALL
}
