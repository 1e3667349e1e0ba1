package io.stillwatch.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The accounts of a partition for as long as a program runs. Not thread-safe. */
public final class AccountsInMemory implements Accounts {
    private final Map<String, AccountEntry> entries = new HashMap<>();
    private final NavigableMap<Long, SortedSet<String>> timers = new TreeMap<>();

    @Override
    public AccountEntry open(String account) {
        return entries.computeIfAbsent(account, AccountEntry::fresh);
    }

    @Override
    public boolean knows(String account) {
        return entries.containsKey(account);
    }

    /** All that have a record. */
    Collection<AccountEntry> all() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** Puts an entry in place of the one of the same account. */
    void replace(AccountEntry entry) {
        entries.put(entry.account, entry);
    }

    /** Minutes at which an account has timers. */
    List<Long> timersOf(String account) {
        return timers.entrySet().stream()
                .filter(minute -> minute.getValue().contains(account))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void forget(AccountEntry entry) {
        entries.remove(entry.account);
    }

    @Override
    public void setTimer(long minute, String account) {
        timers.computeIfAbsent(minute, none -> new TreeSet<>()).add(account);
    }

    @Override
    public void clearTimer(long minute, String account) {
        timers.computeIfPresent(minute, (at, due) -> due.remove(account) && due.isEmpty() ? null : due);
    }

    @Override
    public List<String> due(long minute, int most) {
        List<String> due = new ArrayList<>();
        for (SortedSet<String> accounts : timers.headMap(minute, true).values()) {
            for (String account : accounts) {
                if (due.size() == most) {
                    return due;
                }
                due.add(account);
            }
        }
        return due;
    }

    @Override
    public void relieve() {}
}
