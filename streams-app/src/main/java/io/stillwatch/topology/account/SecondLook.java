package io.stillwatch.topology.account;

import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.control.Rules;
import io.stillwatch.topology.state.AccountStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a partition's accounts when the signatures or the allowlist change, in portions, so that requests keep
 * flowing. Accounts that a changed entry of the allowlist names are looked at first.
 *
 * <p>With what all accounts have been looked at is stored with them. So a change that came while the pipeline was down is
 * noticed when it starts, a way through that was broken off begins anew, and a restart without a change looks at nobody.
 */
final class SecondLook {
    private static final int ACCOUNTS_A_PORTION = 256;

    private final AccountStore store;
    /** With which all accounts have been looked at; null until that is known. */
    private @Nullable Rules settled;
    /** The way through all accounts that is being gone; null while there is none. */
    private @Nullable Way way;

    private String after = "";

    private record Way(Rules rules, Change change) {}

    /**
     * What is new.
     *
     * @param signatures that are new or changed
     * @param entries ids of entries of the allowlist that are new, changed or gone
     */
    record Change(SignatureSet signatures, Set<String> entries) {}

    /** Looks at an account again. */
    @FunctionalInterface
    interface Look {
        void at(String account, Change change);
    }

    SecondLook(AccountStore store) {
        this.store = store;
    }

    /** Called before anything is evaluated: accounts that are yet to come need no second look. */
    void begin(Rules rules) {
        if (settled == null && way == null && store.lookedWith().isEmpty()) {
            settle(rules);
        }
    }

    /** Looks at the next portion of accounts, if the rules have changed since all were looked at. */
    void goOn(Rules rules, Look look) {
        begin(rules);
        if (rules.equals(settled)) {
            return;
        }
        Way going = way;
        if (going == null || !rules.equals(going.rules())) {
            Map<String, Long> before = store.lookedWith().orElseThrow();
            if (before.equals(rules.revisions())) {
                settled = rules;
                way = null;
                return;
            }
            Rules last = going == null ? settled : going.rules();
            going = new Way(
                    rules,
                    new Change(
                            rules.signatures().changedSince(before),
                            rules.allowed().changedSince(before)));
            way = going;
            after = "";
            // The way goes by what is written.
            store.writeBack();
            lookFirst(rules, going.change(), look);
            if (last != null) {
                lookFirst(last, going.change(), look);
            }
        }
        List<String> portion = store.accountsAfter(after, ACCOUNTS_A_PORTION);
        for (String account : portion) {
            look.at(account, going.change());
            store.relieve();
        }
        if (portion.size() == ACCOUNTS_A_PORTION) {
            after = portion.get(portion.size() - 1);
        } else {
            settle(rules);
        }
    }

    private void lookFirst(Rules rules, Change change, Look look) {
        for (String account : rules.allowed().accounts(change.entries())) {
            if (store.knows(account)) {
                look.at(account, change);
            }
        }
    }

    private void settle(Rules rules) {
        store.setLookedWith(rules.revisions());
        settled = rules;
        way = null;
    }
}
