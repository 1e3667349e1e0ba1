package io.stillwatch.account;

import java.util.List;

/** The accounts of one partition, and their timers. */
public interface Accounts {
    /** The account's entry, made when there is none; the caller may change it until the accounts are written. */
    AccountEntry open(String account);

    /** Whether the account has a record. */
    boolean knows(String account);

    /** Forgets an account altogether; its timer must be cleared. */
    void forget(AccountEntry entry);

    /** Sets a timer of an account, minutes since 1970. */
    void setTimer(long minute, String account);

    /** Takes back a timer of an account. */
    void clearTimer(long minute, String account);

    /**
     * Accounts whose timer is due, in the order of time, then account.
     *
     * @param minute inclusive, by the partition's clock
     * @param most accounts to name; when as many are named, more may be due
     */
    List<String> due(long minute, int most);

    /** Called between two accounts: the time to write and let go, if there are too many in memory. */
    void relieve();
}
