package io.stillwatch.simulate.actor;

/** The truth about an account. */
public enum Label {
    HONEST("honest"),
    HOSTILE("hostile");

    private final String word;

    Label(String word) {
        this.word = word;
    }

    /** The word in truth files. */
    public String word() {
        return word;
    }
}
