package io.stillwatch.simulate.claim;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Hex;
import io.stillwatch.simulate.chance.Chance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All claims, in the order in which they are made together. */
public final class ForgedClaims {
    private static final long TOKENS_A_TOOL = 90;
    private static final int CLIENTS = 12;
    private static final int ALIASES = 40;
    private static final double DAY_MS = 86_400_000.0;
    private static final List<String> PRODUCTS = List.of(
            "You are the assistant of %s. Answer our customers' questions briefly and in a friendly tone.",
            "You work for %s and help the staff with whatever comes up in their day.",
            "You are %s's help in the app. Be short, be kind, and say so when you do not know.");

    private static final List<Claim> ALL = List.of(
            EndUserClaim.atRandom(),
            EndUserClaim.inRuns(),
            EndUserClaim.byTopic(),
            new PlainClaim("stream", "streams every answer", (event, chance) -> event.setStream(true)),
            new PlainClaim(
                    "system",
                    "sends a product's short instructions",
                    Price.FEW_TOKENS,
                    ForgedClaims::productInstructions),
            new PlainClaim(
                    "temp0",
                    "asks for temperature 0",
                    Price.VARIETY,
                    seed -> (event, chance) -> event.setTemperature(0.0)),
            new PlainClaim("nolimit", "leaves out max_tokens", (event, chance) -> event.setMaxTokens(null)),
            new Repeats(),
            new PlainClaim(
                    "tools", "offers two tools that are never called", Price.FEW_TOKENS, ForgedClaims::unusedTools),
            Turns.pairs(),
            Turns.conversations(),
            new PlainClaim("client", "names another client every time", Price.NOTHING, ForgedClaims::anyClient),
            new PlainClaim("model", "asks for the model under ever other aliases", ForgedClaims::alias),
            new PlainClaim(
                    "created", "claims to have signed up years ago", Price.NOTHING, ForgedClaims::signedUpLongAgo),
            new PlainClaim("sameid", "gives all its requests one event id", Price.NOTHING, ForgedClaims::oneEventId));

    private ForgedClaims() {}

    /** All of them. */
    public static List<Claim> all() {
        return ALL;
    }

    public static Optional<Claim> named(String name) {
        return ALL.stream().filter(claim -> claim.name().equals(name)).findFirst();
    }

    public static List<String> names() {
        return ALL.stream().map(Claim::name).toList();
    }

    private static Forgery productInstructions(long seed) {
        Chance chance = Chance.of(seed, "product");
        String instructions = String.format(chance.pick(PRODUCTS), "company " + Hex.of(chance.nextLong(), 5));
        return (event, own) -> {
            if (event.getSystem() == null) {
                event.setSystem(instructions);
                Tokens.add(event, Tokens.of(instructions));
            }
        };
    }

    private static Forgery unusedTools(long seed) {
        String hash = Hex.of(Chance.seed(seed, "tools"), 16);
        return (event, chance) -> {
            int offered = event.getTools() == null ? 0 : event.getTools();
            if (offered == 0) {
                event.setTools(2);
                event.setToolsHash(hash);
                Tokens.add(event, 2 * TOKENS_A_TOOL);
            }
        };
    }

    private static Forgery anyClient(long seed) {
        return (event, chance) -> {
            Map<String, String> links = new TreeMap<>(event.getLinks() == null ? Map.of() : event.getLinks());
            links.put("client", "client-" + chance.below(CLIENTS));
            event.setLinks(links);
        };
    }

    private static void alias(RequestEvent event, Chance chance) {
        String model = event.getModel() == null ? "model" : event.getModel();
        event.setModel(model + "-" + Hex.of(Chance.seed(0, chance.below(ALIASES)), 4));
    }

    private static Forgery signedUpLongAgo(long seed) {
        long agoMs = (long) (Chance.of(seed, "age").between(600, 1500) * DAY_MS);
        return new Forgery() {
            private long createdMs = Long.MIN_VALUE;

            @Override
            public void write(RequestEvent event, Chance chance) {
                if (createdMs == Long.MIN_VALUE) {
                    createdMs = event.getEventTime() - agoMs;
                }
                event.setAccountCreated(createdMs);
            }
        };
    }

    private static Forgery oneEventId(long seed) {
        String id = "req-" + Hex.of(Chance.seed(seed, "event id"), 12);
        return (event, chance) -> event.setEventId(id);
    }
}
