package io.stillwatch.profile;

/**
 * What one request has to do with the requests of its account that came before it, as {@link RecentRequests} tells.
 *
 * <p>Products are of embeddings in units of 1 / {@link RecentRequests#SCALE}², so they add up exactly and in any order: a
 * profile that takes them in stays a commutative monoid, although they were read off the order of arrival.
 *
 * @param near products with the requests two to five before
 * @param middle products with requests six to twenty before
 * @param far products with requests forty to sixty-three before
 * @param user products with the request before of the same end user, for a sample of end users
 * @param turn what became of the claim to follow an earlier turn
 * @param repeated whether one of the eight requests before had the same prompt
 * @param collides whether a request before had the same event id and other content, for a sample of ids
 */
public record Ties(
        Products near, Products middle, Products far, Products user, Turn turn, boolean repeated, boolean collides) {
    /** Whether the request carries on a conversation, as far as its tokens tell. */
    public boolean carriesOn() {
        return turn == Turn.BORNE_OUT || turn == Turn.PLAUSIBLE;
    }

    /** Of a request that nothing is known to come before. */
    public static final Ties NONE = single(Turn.UNCLAIMED, false, false);

    /** Of a request whose prompt is compared with no other. */
    static Ties single(Turn turn, boolean repeated, boolean collides) {
        return new Ties(Products.NONE, Products.NONE, Products.NONE, Products.NONE, turn, repeated, collides);
    }

    /**
     * A sum of products of embeddings.
     *
     * @param pairs how many; 0 or more
     * @param sum of the products, in units of 1 / {@link RecentRequests#SCALE}²
     */
    public record Products(int pairs, long sum) {
        static final Products NONE = new Products(0, 0);
    }

    /** Whether the tokens that the provider counted bear out that a request carries earlier turns. */
    public enum Turn {
        /** The request does not say so. */
        UNCLAIMED,

        /** Its input holds what was said before. */
        BORNE_OUT,

        /** Its input has room for what was said before, but the conversation is not known that could tell. */
        PLAUSIBLE,

        /** Its input has no room for what was said before: the turn never happened. */
        CONTRADICTED,

        /** Nobody counted its tokens. */
        UNKNOWN
    }
}
