package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Footing;
import io.stillwatch.simulate.actor.Hex;
import io.stillwatch.simulate.actor.Place;
import io.stillwatch.simulate.chance.Chance;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Infrastructure tokens of accounts. Strangers share some of them, as in life: a mobile carrier's network, a hosting
 * provider's, a common client.
 */
final class Links {
    private static final int CARRIERS = 40;
    private static final int HOSTERS = 25;
    private static final int CLIENTS = 14;

    private Links() {}

    static Map<String, String> of(
            long planSeed,
            Footing footing,
            Place place,
            long accountSeed,
            long teamSeed,
            long groupSeed,
            PlanGroup group) {
        Chance own = Chance.of(accountSeed, "links");
        // People who share homework or a flat pay for themselves; colleagues do not.
        boolean team = teamSeed != accountSeed && footing.organisation();
        boolean clientOfTeam = teamSeed != accountSeed && footing.oneClient();
        int client = own.zipf(CLIENTS);
        Map<String, String> links = new TreeMap<>();
        links.put("network", "net-" + network(planSeed, footing, own, accountSeed, teamSeed));
        links.put("payment", "pay-" + Hex.of(Chance.seed(team ? teamSeed : accountSeed, "payment"), 10));
        if (clientOfTeam) {
            links.put("client", "client-" + Hex.of(Chance.seed(teamSeed, "client"), 6));
            links.put("tls", "tls-" + Hex.of(Chance.seed(teamSeed, "tls"), 6));
        } else {
            String connection = connection(footing).name();
            links.put("client", "client-" + connection.charAt(0) + client);
            links.put("tls", "tls-" + Hex.of(Chance.seed(Chance.seed(0, connection), client / 2), 6));
        }
        boolean signedUpTogether = footing == Footing.SCHOOL || (team && own.is(0.8));
        links.put("signup", "signup-" + Hex.of(Chance.seed(signedUpTogether ? teamSeed : accountSeed, "signup"), 10));
        links.put("country", place.country());
        group.together().forEach((type, tokens) -> {
            Chance pool = Chance.of(accountSeed, "together " + type);
            links.put(type, type + "-" + Hex.of(Chance.seed(Chance.seed(groupSeed, type), pool.below(tokens)), 10));
        });
        return Collections.unmodifiableMap(links);
    }

    private static Footing connection(Footing footing) {
        return switch (footing) {
            case HOME, APP, APART -> Footing.HOME;
            case OFFICE, SITE, SCHOOL -> Footing.OFFICE;
            case CLOUD -> Footing.CLOUD;
        };
    }

    private static String network(long planSeed, Footing footing, Chance own, long accountSeed, long teamSeed) {
        return switch (footing) {
            case HOME, APP, APART ->
                own.is(0.35)
                        ? Hex.of(Chance.seed(Chance.seed(planSeed, "carrier"), own.zipf(CARRIERS)), 8)
                        : Hex.of(Chance.seed(accountSeed, "network"), 8);
            case OFFICE -> Hex.of(Chance.seed(own.is(0.88) ? teamSeed : accountSeed, "network"), 8);
            case SITE, SCHOOL -> Hex.of(Chance.seed(teamSeed, "network"), 8);
            case CLOUD ->
                own.is(0.75)
                        ? Hex.of(Chance.seed(Chance.seed(planSeed, "hoster"), own.zipf(HOSTERS)), 8)
                        : Hex.of(Chance.seed(teamSeed, "network"), 8);
        };
    }
}
