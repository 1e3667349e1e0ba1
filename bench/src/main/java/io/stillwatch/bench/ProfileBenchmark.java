package io.stillwatch.bench;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.ProfileCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a profile costs: counting a request in, taking another profile in, and its stored form both ways. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProfileBenchmark {
    private static final int CYCLE = 4_096;

    /** Requests in a profile: 10 is a light account's pane, 10,000 a heavy one's. */
    @Param({"10", "10000"})
    public int requests;

    private AccountTraffic traffic;
    private Profile growing;
    private Profile whole;
    private Profile window;
    private byte[] encoded;
    private int next;

    /** Makes the requests and the profiles. */
    @Setup
    public void makeProfiles() {
        traffic = new AccountTraffic(Math.max(CYCLE, requests));
        whole = traffic.profile(0, requests);
        window = traffic.profile(traffic.size() - requests, requests);
        encoded = ProfileCodec.encode(whole);
        startAgain();
    }

    private void startAgain() {
        growing = ProfileCodec.decode(encoded);
        next = 0;
    }

    /** Adds requests to a profile; a light one is started again before it grows heavy. */
    @Benchmark
    public Profile add() {
        if (next == Math.min(requests, CYCLE)) {
            startAgain();
        }
        growing.add(traffic.get(next++));
        return growing;
    }

    /** Merges a pane into a window that has seen it: what every look at an account costs. */
    @Benchmark
    public Profile merge() {
        window.merge(whole);
        return window;
    }

    /** From profile to bytes. */
    @Benchmark
    public byte[] encode() {
        return ProfileCodec.encode(whole);
    }

    /** From bytes to profile. */
    @Benchmark
    public Profile decode() {
        return ProfileCodec.decode(encoded);
    }
}
