package io.stillwatch.baseline;

import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Past requests that counted, by account and day (UTC), in whatever order they are added. Mutable and not thread-safe. */
public final class History {
    static final long HOURS_A_DAY = 24;

    private final NavigableMap<String, Account> accounts = new TreeMap<>();
    private final SortedSet<String> models = new TreeSet<>();
    private long requests;

    /** Days, and the prompts' squares, which profiles do not keep. */
    private static final class Account {
        private final NavigableMap<Long, StrandedProfile> days = new TreeMap<>();
        private final double[] squares = new double[PromptMean.DIMENSIONS];
    }

    private Account account(String name) {
        return accounts.computeIfAbsent(name, none -> new Account());
    }

    /** One of {@link #accounts()}. */
    private Account known(String name) {
        return Objects.requireNonNull(accounts.get(name), name);
    }

    /** Takes in what profiles do not keep of a request that counts. */
    public void add(RequestFingerprint request) {
        requests++;
        if (request.getModel() != null) {
            models.add(request.getModel());
        }
        Account account = account(request.getAccountId());
        ByteBuffer embedding = request.getEmbedding();
        if (request.getCharacters() > 0 && embedding.remaining() == PromptMean.DIMENSIONS) {
            for (int d = 0; d < PromptMean.DIMENSIONS; d++) {
                double component = embedding.get(embedding.position() + d) / 127.0;
                account.squares[d] += component * component;
            }
        }
    }

    /** Takes in an account's day, which is over; days since 1970. The profile is left as it is. */
    public void add(String account, long day, StrandedProfile profile) {
        account(account)
                .days
                .computeIfAbsent(day, none -> new StrandedProfile())
                .merge(profile);
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
        return Collections.unmodifiableSet(known(account).days.keySet());
    }

    StrandedProfile day(String account, long day) {
        return known(account).days.getOrDefault(day, new StrandedProfile());
    }

    /** All of an account's requests. */
    public Profile whole(String account) {
        StrandedProfile merged = new StrandedProfile();
        known(account).days.values().forEach(merged::merge);
        return merged.whole();
    }

    /** An account's requests from a day to another, both inclusive; days since 1970. */
    public Profile between(String account, long fromDay, long toDay) {
        StrandedProfile merged = new StrandedProfile();
        if (fromDay <= toDay) {
            known(account).days.subMap(fromDay, true, toDay, true).values().forEach(merged::merge);
        }
        return merged.whole();
    }

    /** Sums of the squared components of the account's embeddings. */
    double[] squares(String account) {
        return known(account).squares.clone();
    }

    /** The account's frozen baseline, by whole days; empty when it never had enough prompts. */
    public Optional<OwnBaseline> ownBaseline(String account) {
        List<Profile> sofar = new ArrayList<>();
        for (var day : known(account).days.entrySet()) {
            sofar.add(day.getValue().whole());
            Optional<OwnBaseline> frozen = OwnBaseline.of(sofar, day.getKey() * HOURS_A_DAY + HOURS_A_DAY - 1);
            if (frozen.isPresent()) {
                return frozen;
            }
        }
        return Optional.empty();
    }

    /** The levels of all the account's days. */
    DayLevels levels(String account, AnswerLengths usual) {
        DayLevels levels = new DayLevels();
        known(account)
                .days
                .forEach((day, profile) -> DayTraits.level(profile, usual).ifPresent(level -> levels.add(day, level)));
        return levels;
    }
}
