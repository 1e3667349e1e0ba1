package io.stillwatch.profile;

import io.stillwatch.profile.sketch.HeapSize;
import io.stillwatch.schema.RequestFingerprint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entity's profile, kept by {@link Strand}: what panes hold and windows are merged of.
 *
 * <p>A product of commutative monoids is one, so all that holds of {@link Profile} holds here; the whole is the merge of
 * the strands, equal to the profile that all requests would have given. Its size is at most {@value #STRANDS} profiles;
 * most accounts have one strand or two. Mutable and not thread-safe.
 */
public final class StrandedProfile {
    static final int STRANDS = 8;
    private static final Strand[] ALL = Strand.values();

    private final Profile[] strands = new Profile[STRANDS];

    /** The merge of the strands, kept until something changes. */
    private @Nullable Profile merged;

    /** Counts one request in of which it is not known what came before it. */
    public void add(RequestFingerprint request) {
        add(request, Ties.NONE);
    }

    /**
     * Counts one request in.
     *
     * @param ties what it has to do with the account's requests before it
     */
    public void add(RequestFingerprint request, Ties ties) {
        at(Strand.of(request)).add(request, ties);
    }

    private Profile at(Strand strand) {
        merged = null;
        Profile profile = strands[strand.position()];
        if (profile == null) {
            profile = new Profile();
            strands[strand.position()] = profile;
        }
        return profile;
    }

    /** Takes another profile in; the other one is left as it is. */
    public void merge(StrandedProfile other) {
        for (Strand strand : ALL) {
            other.strand(strand).ifPresent(profile -> at(strand).merge(profile));
        }
    }

    /**
     * The union of two profiles, neither of which is changed: not to be changed itself, as it may be one of them.
     *
     * <p>One of several strands is copied rather than given: it would go on to hold the merge of its strands.
     */
    public static StrandedProfile union(StrandedProfile one, StrandedProfile other) {
        if (other.strands() == 0 && one.strands() <= 1) {
            return one;
        }
        if (one.strands() == 0 && other.strands() == 1) {
            return other;
        }
        StrandedProfile union = new StrandedProfile();
        union.merge(one);
        union.merge(other);
        return union;
    }

    private int strands() {
        int present = 0;
        for (Profile profile : strands) {
            present += profile == null ? 0 : 1;
        }
        return present;
    }

    /** Takes in a profile as one strand; it is left as it is. */
    public void merge(Strand strand, Profile profile) {
        at(strand).merge(profile);
    }

    /** Makes a profile a strand as it is; there must be none yet. */
    void put(Strand strand, Profile profile) {
        strands[strand.position()] = profile;
    }

    /** The profile of a strand's requests, not to be changed; empty when there are none. */
    public Optional<Profile> strand(Strand strand) {
        return Optional.ofNullable(strands[strand.position()]);
    }

    /** The profile of all requests, not to be changed. */
    public Profile whole() {
        Profile only = null;
        for (Profile profile : strands) {
            if (profile != null) {
                if (only != null) {
                    return merged();
                }
                only = profile;
            }
        }
        return only == null ? new Profile() : only;
    }

    private Profile merged() {
        if (merged == null) {
            Profile whole = new Profile();
            for (Profile profile : strands) {
                if (profile != null) {
                    whole.merge(profile);
                }
            }
            merged = whole;
        }
        return merged;
    }

    /** Requests counted in. */
    public long requests() {
        long requests = 0;
        for (Profile profile : strands) {
            requests += profile == null ? 0 : profile.requests();
        }
        return requests;
    }

    /** Ids of up to three of the requests, the same whatever order they came in. */
    public List<String> exampleEventIds() {
        return whole().exampleEventIds();
    }

    /**
     * Notes records that are missing, or might be counted otherwise than they should.
     *
     * @param records how many more, at least 0
     */
    public void lose(Loss kind, long records) {
        at(Strand.UNSORTED).lose(kind, records);
    }

    /** Records noted with {@link #lose}. */
    public long lost(Loss kind) {
        return strand(Strand.UNSORTED).map(profile -> profile.lost(kind)).orElse(0L);
    }

    /** About how much heap the profile takes, in bytes: an estimate, as of {@link Profile#approximateBytes}. */
    public long approximateBytes() {
        long bytes = HeapSize.object(4) + HeapSize.array(STRANDS, 4);
        for (Profile profile : strands) {
            bytes += profile == null ? 0 : profile.approximateBytes();
        }
        return bytes;
    }
}
