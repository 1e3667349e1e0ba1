package io.stillwatch.bench.throughput;

/** On whose behalf a thread of the process works. */
enum Part {
    /** Kafka Streams' threads: reading, processing, state, handing records to the producer. */
    STREAMS("stream threads"),

    /** The producers' and other clients' own threads. */
    CLIENTS("clients' own threads"),

    /** The embedded Kafka. */
    BROKER("broker threads"),

    /** What watches and feeds. */
    BENCHMARK("the benchmark"),

    /** The collector; a serial one works in the Java machine's own thread. Told apart where there is {@code /proc}. */
    COLLECTOR("collector"),

    /** The compiler, which is the busier the younger the process is. Told apart where there is {@code /proc}. */
    COMPILER("compiler"),

    /** Threads that are none of these: the state stores' own. */
    NATIVE("RocksDB's threads");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    /** The part that a thread of that name belongs to. */
    static Part ofThread(String name) {
        if (name.matches(".*StreamThread-\\d+")) {
            return STREAMS;
        }
        if (name.startsWith("kafka-producer-network-thread") || name.contains("StreamThread")) {
            return CLIENTS;
        }
        return name.startsWith("main") || name.startsWith("kafka-admin") ? BENCHMARK : BROKER;
    }

    @Override
    public String toString() {
        return title;
    }
}
