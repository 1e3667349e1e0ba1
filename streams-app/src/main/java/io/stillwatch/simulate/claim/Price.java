package io.stillwatch.simulate.claim;

/** What claims cost, in the words of tables. */
final class Price {
    static final String NOTHING = "nothing";
    static final String FEW_TOKENS = "a few input tokens a request";
    static final String REPEATS = "the repeated requests";
    static final String VARIETY = "variety of the answers";
    static final String SORTING = "nothing but sorting its prompts";

    private Price() {}
}
