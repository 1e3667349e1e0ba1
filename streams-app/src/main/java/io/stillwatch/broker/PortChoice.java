package io.stillwatch.broker;

/** How the embedded Kafka comes to its port. */
public sealed interface PortChoice {

    /** Any free port, chosen by the operating system. */
    static PortChoice any() {
        return new Any();
    }

    /** This port or none: somebody asked for it by number. */
    static PortChoice exactly(int port) {
        return new Exactly(port);
    }

    /** This port where it is free, else any: a documented default must not keep a second instance from starting. */
    static PortChoice preferably(int port) {
        return new Preferably(port);
    }

    /** Whichever port is free. */
    record Any() implements PortChoice {}

    /**
     * One port, and no other.
     *
     * @param port 1 to 65535
     */
    record Exactly(int port) implements PortChoice {
        public Exactly {
            requireValid(port);
        }
    }

    /**
     * One port, or another where it is taken.
     *
     * @param port 1 to 65535
     */
    record Preferably(int port) implements PortChoice {
        public Preferably {
            requireValid(port);
        }
    }

    private static void requireValid(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A port is a number from 1 to 65535, not " + port + ".");
        }
    }
}
