package io.stillwatch.bench;

import io.stillwatch.profile.StrandedProfileCodec;

/** Prints what one account's pane takes, by its requests: bytes as stored, and an estimate of heap once read back. */
public final class PaneBytes {
    private static final int[] REQUESTS = {1, 2, 5, 10, 20, 50, 100, 1_000, 10_000};

    private PaneBytes() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        int most = REQUESTS[REQUESTS.length - 1];
        AccountTraffic one = new AccountTraffic(most, Ways.ONE);
        AccountTraffic all = new AccountTraffic(most, Ways.ALL);
        System.out.printf("%10s %41s   %s%n", "", "an account that calls in one way", "in all ways by turns");
        System.out.printf(
                "%10s %10s %14s %15s %12s %12s%n",
                "requests", "stored", "per request", "heap (est.)", "stored", "heap (est.)");
        for (int requests : REQUESTS) {
            byte[] usual = StrandedProfileCodec.encode(one.profile(0, requests));
            byte[] varied = StrandedProfileCodec.encode(all.profile(0, requests));
            System.out.printf(
                    "%,10d %,8d B %,12.1f B %,13d B %,10d B %,10d B%n",
                    requests,
                    usual.length,
                    (double) usual.length / requests,
                    StrandedProfileCodec.decode(usual).approximateBytes(),
                    varied.length,
                    StrandedProfileCodec.decode(varied).approximateBytes());
        }
    }
}
