package io.stillwatch.topology;

import io.stillwatch.signature.SignatureSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Goes through a partition's accounts when the signatures change, in portions, so that requests keep flowing.
 *
 * <p>Which signatures all accounts have been looked at with is stored with them. So a change that came while the
 * pipeline was down is noticed when it starts, a way through that was broken off begins anew, and a restart without a
 * change looks at nobody.
 */
final class SecondLook {
    private static final int ACCOUNTS_A_PORTION = 256;

    private final AccountStore store;
    /** With which all accounts have been looked at; null until that is known. */
    private SignatureSet settled;
    /** Which the way through is about; null while there is none. */
    private SignatureSet wanted;

    private SignatureSet changed;
    private String after = "";

    SecondLook(AccountStore store) {
        this.store = store;
    }

    /** Called before anything is evaluated: accounts that are yet to come need no second look. */
    void begin(SignatureSet signatures) {
        if (settled == null && wanted == null && store.lookedWith().isEmpty()) {
            settle(signatures, signatures.revisions());
        }
    }

    /**
     * Looks at the next portion of accounts, if the signatures have changed since all were looked at.
     *
     * @param signatures in effect
     * @param look is given an account and the signatures that changed
     */
    void goOn(SignatureSet signatures, BiConsumer<String, SignatureSet> look) {
        begin(signatures);
        if (signatures == settled) {
            return;
        }
        if (signatures != wanted) {
            Map<String, Long> before = store.lookedWith().orElseThrow();
            if (before.equals(signatures.revisions())) {
                settled = signatures;
                wanted = null;
                return;
            }
            wanted = signatures;
            changed = signatures.changedSince(before);
            after = "";
            // The way goes by what is written.
            store.writeBack();
        }
        List<String> portion = store.accountsAfter(after, ACCOUNTS_A_PORTION);
        for (String account : portion) {
            look.accept(account, changed);
            store.relieve();
        }
        if (portion.size() == ACCOUNTS_A_PORTION) {
            after = portion.get(portion.size() - 1);
        } else {
            settle(signatures, signatures.revisions());
        }
    }

    private void settle(SignatureSet signatures, Map<String, Long> revisions) {
        store.setLookedWith(revisions);
        settled = signatures;
        wanted = null;
        changed = null;
    }
}
