package io.stillwatch.profile.feature;

import java.util.List;

/**
 * A field of a request event: who writes it, what it costs to write something else, and what bears it out.
 *
 * @param names of the field, or of several alike, as the native format has them
 * @param writer who writes it
 * @param cost what it costs the caller to write something that is not so
 * @param borneOutBy what in the traffic bears it out or contradicts it
 * @param features that read it as it is written; features that weigh it against the traffic are not among them
 */
record RequestField(String names, Writer writer, String cost, String borneOutBy, List<String> features) {
    /** Who writes a field. */
    enum Writer {
        /** The caller, for nothing: a claim. */
        CALLER("caller"),

        /** The caller, but the provider does and bills what it asks for: evidence of what is wanted. */
        CALLER_AT_A_PRICE("caller, at a price"),

        /** The provider or the operator's gateway: evidence. */
        PROVIDER("provider");

        private final String label;

        Writer(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    boolean isClaim() {
        return writer == Writer.CALLER;
    }
}
