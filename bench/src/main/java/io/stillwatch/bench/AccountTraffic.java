package io.stillwatch.bench;

import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One account's requests within one clock hour: prompts of the simulator, all different, from one network, client, key
 * and model. The same ones every time.
 */
final class AccountTraffic {
    private static final long HOUR_MS = 3_600_000;
    private static final long HOUR_START_MS =
            Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
    private static final long CREATED_MS = Instant.parse("2026-05-04T08:15:00Z").toEpochMilli();
    private static final String SYSTEM = "You are a helpful assistant. Answer briefly.";

    private final List<RequestFingerprint> requests;

    AccountTraffic(int count, Ways ways) {
        requests = new ArrayList<>(count);
        Fingerprinter fingerprinter = new Fingerprinter();
        SplittableRandom random = new SplittableRandom(42);
        Iterator<RequestEvent> events = new Simulator(SimulationPlan.preset("demo")).events();
        while (requests.size() < count) {
            RequestEvent event = events.next();
            if (event.getPrompt() != null && !event.getPrompt().isEmpty()) {
                requests.add(fingerprinter.fingerprint(ofOneAccount(event, ways, requests.size(), random)));
            }
        }
    }

    private static RequestEvent ofOneAccount(RequestEvent event, Ways ways, int number, SplittableRandom random) {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
        event.setEventId(new UUID(high, low).toString());
        event.setEventTime(HOUR_START_MS + random.nextLong(HOUR_MS));
        event.setAccountId("acct-bench");
        event.setAccountCreated(CREATED_MS);
        event.setModel("large-2026-06");
        event.setApiKeyId("key-1");
        event.setEndUserId(null);
        event.setConversationId(null);
        event.setTools(null);
        event.setToolsHash(null);
        event.setSystem(SYSTEM);
        event.setLinks(Map.of("network", "net-5f2a9c11", "client", "python-sdk/2.1"));
        if (ways == Ways.ONE) {
            event.setStream(false);
            event.setTurn(null);
            event.setMessages(2);
            event.setMaxTokens(512);
            event.setLogprobs(null);
            event.setTopLogprobs(null);
            event.setN(null);
        }
        // The simulator's accounts share prompts; one account that asks all of them would repeat itself.
        event.setPrompt(event.getPrompt() + " (" + number + ")");
        return event;
    }

    RequestFingerprint get(int at) {
        return requests.get(at);
    }

    StrandedProfile profile(int from, int count) {
        StrandedProfile profile = new StrandedProfile();
        for (int at = from; at < from + count; at++) {
            profile.add(requests.get(at));
        }
        return profile;
    }
}
