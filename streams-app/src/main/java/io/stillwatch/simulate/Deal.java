package io.stillwatch.simulate;

/** How a campaign deals its work out to its members. */
public enum Deal {
    /** One item to each member in turn. */
    ROUND_ROBIN("round-robin"),
    /** Each item to any member. */
    RANDOM("random"),
    /** Some items in a row to any member, as a load balancer that keeps sessions does it. */
    STICKY("sticky"),
    /** One item to every member within minutes, then silence until the next round. */
    BURST("burst"),
    /** A member works off its whole share before the next one starts. */
    IN_TURN("in-turn");

    private final String word;

    Deal(String word) {
        this.word = word;
    }

    /** The word in plans. */
    public String word() {
        return word;
    }
}
