package io.stillwatch.bench.load;

import io.stillwatch.bench.Prompts;
import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.schema.RequestEvent;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Request events as a gateway would write them, in the order of their time: the same ones every time.
 *
 * <p>What does not change from request to request (model, client, network, payment, system prompt) hangs on the account.
 * One in five accounts sends one of a few popular system prompts, one in five that of its organisation; and one in fifty
 * belongs to a ring of a hundred accounts that share networks, payment and system prompt, as those of one harvester do, so
 * that looking for campaigns has something to find.
 */
public final class Traffic {
    private static final long SEED = 7;
    private static final int DISTINCT_PROMPTS = 1 << 16;
    private static final int CHARACTERS_A_TOKEN = 4;
    private static final int RING_EVERY = 50;
    private static final int RING_ACCOUNTS = 100;
    private static final int POPULAR = 23;
    private static final long DAY_MS = 86_400_000L;
    private static final List<String> MODELS = List.of("large-2", "large-2", "standard-3", "standard-3", "small-3");
    private static final List<String> COUNTRIES = List.of("DE", "US", "BR", "IN", "JP", "KE", "FR");
    private static final String SYSTEM = "You are a helpful assistant of our company. Answer in at most five sentences,"
            + " politely, in the language of the question, and say so when you do not know.";

    private final Random random = new Random(SEED);
    private final AccountChoice accounts;
    private final String[] prompts;
    private final long startMs;
    private final double stepMs;
    private long made;

    /**
     * Traffic of a span of time.
     *
     * @param promptCharacters length of each prompt
     * @param startMs time of the first event, milliseconds since 1970
     * @param stepMs time from event to event, milliseconds
     */
    public Traffic(AccountChoice accounts, int promptCharacters, long startMs, double stepMs) {
        this.accounts = accounts;
        this.prompts = Prompts.ofLength(promptCharacters, DISTINCT_PROMPTS);
        this.startMs = startMs;
        this.stepMs = stepMs;
    }

    /** The next event. */
    public RequestEvent next() {
        int account = accounts.next(random);
        String prompt = prompts[random.nextInt(DISTINCT_PROMPTS)];
        RequestEvent event = new RequestEvent();
        event.setEventId("req-" + Long.toHexString(0x1000_0000L + made));
        event.setEventTime(startMs + (long) (made * stepMs));
        event.setAccountId(accountId(account));
        boolean ringed = account % RING_EVERY == 0;
        int ring = account / (RING_EVERY * RING_ACCOUNTS);
        boolean prompted = ringed || trait(account, "prompted", 5) < 2;
        event.setOrganizationId("org-" + account / 3);
        event.setOperation("chat");
        event.setModel(MODELS.get(trait(account, "model", MODELS.size())));
        event.setSystem(prompted ? SYSTEM + (ringed ? " Ring " + ring : owner(account)) : null);
        event.setPrompt(prompt);
        event.setMessages(prompted ? 2 : 1);
        event.setTemperature(trait(account, "temperature", 4) == 0 ? 0.7 : null);
        event.setMaxTokens(trait(account, "limit", 3) == 0 ? 512 : null);
        event.setStream(trait(account, "stream", 2) == 0);
        event.setStop(List.of());
        event.setReasoningHashes(List.of());
        long inputTokens = (long) prompt.length() / CHARACTERS_A_TOKEN + (prompted ? 40 : 0);
        event.setInputTokens(inputTokens);
        event.setOutputTokens(20L + random.nextInt(400));
        event.setFinishReason("stop");
        event.setStatus(200);
        event.setDurationMs(300L + random.nextInt(9_000));
        event.setAccountCreated(startMs - (ringed ? 2 + account % 5 : trait(account, "age", 700)) * DAY_MS);
        event.setLinks(Map.of(
                "network",
                ringed ? "ring-net-" + ring + "-" + account / RING_EVERY % 10 : "net-" + account / 4,
                "payment",
                ringed ? "ring-card-" + ring + "-" + account / RING_EVERY % 25 : "card-" + account / 3,
                "client",
                "client-" + trait(account, "client", 14),
                "tls",
                "tls-" + trait(account, "tls", 9),
                "country",
                COUNTRIES.get(trait(account, "country", COUNTRIES.size()))));
        event.setAttributes(Map.of());
        made++;
        return event;
    }

    /** Whose system prompt an account sends: popular ones have nothing to do with what else it sends. */
    private static String owner(int account) {
        return trait(account, "owner", 2) == 0
                ? " App " + trait(account, "app", POPULAR)
                : " Organisation " + account / 3;
    }

    /**
     * What an account is like, from 0 to below the number of choices: drawn for each account and trait by itself, as
     * traits that go together by arithmetic would be a sign of a campaign.
     */
    private static int trait(int account, String name, int choices) {
        return (int) Math.floorMod(Hash64.of(name + account), (long) choices);
    }

    /** The id of an account. */
    public static String accountId(int account) {
        return "account-" + (100_000_000 + account);
    }
}
