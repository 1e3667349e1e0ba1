package io.stillwatch.profile;

import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Requests as one account sends them within an hour: the simulator's prompts, all different, with real embeddings. */
final class RealRequests {
    private static final long HOUR_MS = 3_600_000;
    private static final long START_MS = 497_200 * HOUR_MS;

    private RealRequests() {}

    static List<RequestFingerprint> of(int count) {
        List<RequestFingerprint> requests = new ArrayList<>(count);
        Fingerprinter fingerprinter = new Fingerprinter();
        SplittableRandom random = new SplittableRandom(42);
        Iterator<RequestEvent> events = new Simulator(SimulationPlan.preset("demo")).events();
        while (requests.size() < count) {
            RequestEvent event = events.next();
            if (event.getPrompt() == null || event.getPrompt().isEmpty()) {
                continue;
            }
            event.setEventId(new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE)
                    .toString());
            event.setEventTime(START_MS + random.nextLong(HOUR_MS));
            event.setAccountId("acct");
            event.setAccountCreated(START_MS - random.nextLong(HOUR_MS) - 100 * 24 * HOUR_MS);
            event.setModel("large-2026-06");
            event.setApiKeyId("key-1");
            event.setEndUserId(null);
            event.setConversationId(null);
            event.setTools(null);
            event.setToolsHash(null);
            event.setSystem("You are a helpful assistant. Answer briefly.");
            event.setLinks(Map.of("network", "net-5f2a9c11", "client", "python-sdk/2.1"));
            event.setPrompt(event.getPrompt() + " (" + requests.size() + ")");
            requests.add(fingerprinter.fingerprint(event));
        }
        return requests;
    }
}
