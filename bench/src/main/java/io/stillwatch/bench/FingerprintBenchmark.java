package io.stillwatch.bench;

import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the fingerprint of one request costs, by the prompt's length, with and without its embedding. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FingerprintBenchmark {
    private static final int REQUESTS = 1_024;

    /** Characters a prompt. */
    @Param({"50", "300", "2000"})
    public int characters;

    /** Whether the embedding is part of the fingerprint. */
    @Param({"true", "false"})
    public boolean embedding;

    private Fingerprinter fingerprinter;
    private final RequestFingerprint used = new RequestFingerprint();
    private RequestEvent[] requests;
    private int next;

    /** Makes the requests. */
    @Setup
    public void makeRequests() {
        fingerprinter = embedding ? new Fingerprinter() : Fingerprinter.withoutEmbedding();
        String[] prompts = Prompts.ofLength(characters, REQUESTS);
        requests = new RequestEvent[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = RequestEvent.newBuilder()
                    .setEventId("event-" + i)
                    .setEventTime(i)
                    .setAccountId("account")
                    .setPrompt(prompts[i])
                    .build();
        }
    }

    /** A record of its own for every request. */
    @Benchmark
    public RequestFingerprint fresh() {
        return fingerprinter.fingerprint(nextRequest());
    }

    /** One record for all requests. */
    @Benchmark
    public RequestFingerprint reused() {
        fingerprinter.fingerprint(nextRequest(), used);
        return used;
    }

    private RequestEvent nextRequest() {
        next = (next + 1) % REQUESTS;
        return requests[next];
    }
}
