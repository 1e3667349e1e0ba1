package io.stillwatch.simulate.claim;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Hex;
import io.stillwatch.simulate.chance.Chance;
import java.util.function.ToIntFunction;

/** End users made up: each request names one. */
final class EndUserClaim implements Claim {
    private static final int USERS = 400;
    private static final int LONGEST_RUN = 24;

    private final String name;
    private final String description;
    private final String price;
    private final Deal deal;

    /** Deals the requests of an account to end users, by their numbers. */
    @FunctionalInterface
    private interface Deal {
        ToIntFunction<RequestEvent> of(Chance chance);
    }

    private EndUserClaim(String name, String description, String price, Deal deal) {
        this.name = name;
        this.description = description;
        this.price = price;
        this.deal = deal;
    }

    static EndUserClaim atRandom() {
        return new EndUserClaim(
                "enduser",
                "names one of 400 made-up end users, drawn for each request",
                Price.NOTHING,
                chance -> event -> chance.below(USERS));
    }

    static EndUserClaim inRuns() {
        return new EndUserClaim(
                "enduser-runs",
                "names a made-up end user for 1 to 24 requests, then another; some far more often than others",
                Price.NOTHING,
                chance -> new Run(chance)::next);
    }

    static EndUserClaim byTopic() {
        return new EndUserClaim(
                "enduser-topic",
                "deals its prompts to made-up end users by what they are about",
                Price.SORTING,
                chance -> new TopicDeal()::userOf);
    }

    private static final class Run {
        private final Chance chance;
        private int user;
        private int left;

        Run(Chance chance) {
            this.chance = chance;
        }

        int next(RequestEvent event) {
            if (left-- == 0) {
                user = chance.zipf(USERS);
                left = chance.below(LONGEST_RUN);
            }
            return user;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String price() {
        return price;
    }

    @Override
    public Forger forger(long seed, double share) {
        ToIntFunction<RequestEvent> dealt = deal.of(Chance.of(seed, "deal"));
        Forgery forgery =
                (event, chance) -> event.setEndUserId("u-" + Hex.of(Chance.seed(seed, dealt.applyAsInt(event)), 8));
        return forgery.ofShare(seed, name, share);
    }
}
