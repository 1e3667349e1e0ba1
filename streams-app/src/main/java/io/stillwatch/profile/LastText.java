package io.stillwatch.profile;

import io.stillwatch.fingerprint.Hash64;

/** The hash of the text seen last: most requests of an account name the same model, network and client. */
final class LastText {
    private String text;
    private long hash;

    long hash(String next) {
        if (!next.equals(text)) {
            text = next;
            hash = Hash64.of(next);
        }
        return hash;
    }

    long approximateBytes() {
        return HeapSize.object(12) + (text == null ? 0 : HeapSize.object(12) + HeapSize.array(text.length(), 1));
    }
}
