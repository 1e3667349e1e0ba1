package io.stillwatch.bench;

import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;

/** Prints what one account's pane takes, by its requests: bytes as stored, and an estimate of heap once read back. */
public final class PaneBytes {
    private static final int[] REQUESTS = {1, 2, 5, 10, 20, 50, 100, 1_000, 10_000};

    private PaneBytes() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        AccountTraffic traffic = new AccountTraffic(REQUESTS[REQUESTS.length - 1]);
        System.out.printf("%10s %10s %14s %12s%n", "requests", "stored", "per request", "heap (est.)");
        for (int requests : REQUESTS) {
            byte[] encoded = StrandedProfileCodec.encode(traffic.profile(0, requests));
            StrandedProfile decoded = StrandedProfileCodec.decode(encoded);
            System.out.printf(
                    "%,10d %,8d B %,12.1f B %,10d B%n",
                    requests, encoded.length, (double) encoded.length / requests, decoded.approximateBytes());
        }
    }
}
