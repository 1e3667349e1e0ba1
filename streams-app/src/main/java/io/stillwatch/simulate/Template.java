package io.stillwatch.simulate;

/** What the members of a campaign put in front of their work. */
public enum Template {
    /** Whatever their behaviour puts there. */
    OWN("own"),
    /** One system prompt for all. */
    SHARED("shared"),
    /** One system prompt in several wordings; a member keeps to one. */
    PARAPHRASED("paraphrased"),
    /** No system prompt. */
    NONE("none");

    private final String word;

    Template(String word) {
        this.word = word;
    }

    /** The word in plans. */
    public String word() {
        return word;
    }
}
