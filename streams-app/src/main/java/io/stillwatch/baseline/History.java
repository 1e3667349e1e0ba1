package io.stillwatch.baseline;

import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Past requests by account and day (UTC), in whatever order they are added. Mutable and not thread-safe. */
public final class History {
    static final long DAY_MS = 86_400_000;
    static final long HOURS_A_DAY = 24;

    private final NavigableMap<String, Account> accounts = new TreeMap<>();
    private final SortedSet<String> models = new TreeSet<>();
    private final Map<Long, Long> active = new HashMap<>();
    private long requests;

    /** Days, and the prompts' squares, which profiles do not keep. */
    private static final class Account {
        private final NavigableMap<Long, StrandedProfile> days = new TreeMap<>();
        private final double[] squares = new double[PromptMean.DIMENSIONS];
    }

    /** Counts one request in. */
    public void add(RequestFingerprint request) {
        Account account = accounts.computeIfAbsent(request.getAccountId(), name -> new Account());
        account.days
                .computeIfAbsent(Math.floorDiv(request.getEventTime(), DAY_MS), day -> new StrandedProfile())
                .add(request);
        requests++;
        active.clear();
        if (request.getModel() != null) {
            models.add(request.getModel());
        }
        ByteBuffer embedding = request.getEmbedding();
        if (request.getCharacters() > 0 && embedding.remaining() == PromptMean.DIMENSIONS) {
            for (int d = 0; d < PromptMean.DIMENSIONS; d++) {
                double component = embedding.get(embedding.position() + d) / 127.0;
                account.squares[d] += component * component;
            }
        }
    }

    public long requests() {
        return requests;
    }

    /** Names of the models asked. */
    SortedSet<String> models() {
        return Collections.unmodifiableSortedSet(models);
    }

    /** In the order of their ids. */
    public Set<String> accounts() {
        return Collections.unmodifiableSet(accounts.keySet());
    }

    /** Days with requests; days since 1970. */
    public Set<Long> days(String account) {
        return Collections.unmodifiableSet(accounts.get(account).days.keySet());
    }

    StrandedProfile day(String account, long day) {
        return accounts.get(account).days.getOrDefault(day, new StrandedProfile());
    }

    /** The profile of days, both inclusive. */
    StrandedProfile between(String account, long first, long last) {
        StrandedProfile merged = new StrandedProfile();
        if (first <= last) {
            accounts.get(account).days.subMap(first, true, last, true).values().forEach(merged::merge);
        }
        return merged;
    }

    /** All of an account's requests. */
    public Profile whole(String account) {
        return between(account, Long.MIN_VALUE, Long.MAX_VALUE).whole();
    }

    /** Sums of the squared components of the account's embeddings. */
    double[] squares(String account) {
        return accounts.get(account).squares.clone();
    }

    /** The account's frozen baseline, by whole days; empty when it never had enough prompts. */
    Optional<OwnBaseline> ownBaseline(String account) {
        List<Profile> sofar = new ArrayList<>();
        for (var day : accounts.get(account).days.entrySet()) {
            sofar.add(day.getValue().whole());
            Optional<OwnBaseline> frozen = OwnBaseline.of(sofar, day.getKey() * HOURS_A_DAY + HOURS_A_DAY - 1);
            if (frozen.isPresent()) {
                return frozen;
            }
        }
        return Optional.empty();
    }

    /** The levels of the account's days, of the month that ends with a day. */
    DayLevels levels(String account, AnswerLengths usual, long last) {
        DayLevels levels = new DayLevels();
        accounts.get(account)
                .days
                .headMap(last, true)
                .forEach((day, profile) -> DayTraits.level(profile, usual).ifPresent(level -> levels.add(day, level)));
        return levels;
    }

    /** Accounts with enough requests on a day to be judged by it. */
    long activeAccounts(long day) {
        return active.computeIfAbsent(
                day,
                wanted -> accounts.values().stream()
                        .filter(account -> account.days.containsKey(wanted)
                                && account.days.get(wanted).requests() >= DayTraits.LEAST_REQUESTS)
                        .count());
    }

    /** The account's windows that end with a day. */
    public HistoryWindows windows(String account, long day, Reference reference) {
        return new HistoryWindows(this, account, day, reference);
    }
}
