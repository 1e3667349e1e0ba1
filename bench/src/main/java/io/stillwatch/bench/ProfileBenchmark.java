package io.stillwatch.bench;

import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
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
    private static final int LIGHT = 10;

    /** Few enough to stay in the processor's cache, where a request that has just been read is too. */
    private static final int CYCLE = 256;

    /** Requests in a profile: 10 is a light account's pane, 10,000 a heavy one's. */
    @Param({"10", "10000"})
    public int requests;

    /** Whether they are made in one way, as most accounts' are, or in all ways. */
    @Param({"ONE", "ALL"})
    public Ways ways;

    private AccountTraffic traffic;
    private StrandedProfile growing;
    private StrandedProfile whole;
    private StrandedProfile window;
    private byte[] encoded;
    private int next;

    /** Makes the requests and the profiles. */
    @Setup
    public void makeProfiles() {
        traffic = new AccountTraffic(Math.max(CYCLE, 2 * requests), ways);
        whole = traffic.profile(0, requests);
        growing = traffic.profile(0, requests);
        window = traffic.profile(requests, requests);
        encoded = StrandedProfileCodec.encode(whole);
    }

    /** Adds a request to a profile that grows on. */
    @Benchmark
    public StrandedProfile add() {
        next = (next + 1) % CYCLE;
        growing.add(traffic.get(next));
        return growing;
    }

    /** A request's share of making a new profile of ten. */
    @Benchmark
    @OperationsPerInvocation(LIGHT)
    public StrandedProfile addToNew() {
        StrandedProfile profile = new StrandedProfile();
        for (int at = 0; at < LIGHT; at++) {
            profile.add(traffic.get(at));
        }
        return profile;
    }

    /** Merges a pane into a window of other requests, again and again: what every look at an account costs. */
    @Benchmark
    public StrandedProfile merge() {
        window.merge(whole);
        return window;
    }

    /** From profile to bytes. */
    @Benchmark
    public byte[] encode() {
        return StrandedProfileCodec.encode(whole);
    }

    /** From bytes to profile. */
    @Benchmark
    public StrandedProfile decode() {
        return StrandedProfileCodec.decode(encoded);
    }
}
