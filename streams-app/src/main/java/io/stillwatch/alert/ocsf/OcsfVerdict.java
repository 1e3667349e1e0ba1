package io.stillwatch.alert.ocsf;

/** What an alert turned out to be, as OCSF's verdict. */
enum OcsfVerdict {
    FALSE_POSITIVE(1, "False Positive"),
    TRUE_POSITIVE(2, "True Positive"),
    BENIGN(5, "Benign"),
    /** A disposition of a newer writer; its caption is the disposition itself. */
    OTHER(99, "Other");

    private final int id;
    private final String caption;

    OcsfVerdict(int id, String caption) {
        this.id = id;
        this.caption = caption;
    }

    static OcsfVerdict of(String disposition) {
        return switch (disposition) {
            case "false_positive" -> FALSE_POSITIVE;
            case "true_positive" -> TRUE_POSITIVE;
            case "benign_expected" -> BENIGN;
            default -> OTHER;
        };
    }

    static boolean isHarmless(String disposition) {
        return "false_positive".equals(disposition) || "benign_expected".equals(disposition);
    }

    int id() {
        return id;
    }

    String caption(String disposition) {
        return this == OTHER ? disposition : caption;
    }
}
