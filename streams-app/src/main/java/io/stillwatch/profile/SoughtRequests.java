package io.stillwatch.profile;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.HeapSize;
import io.stillwatch.schema.RequestFingerprint;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an account that ask for what models are taught with, and that carry on nothing: apart from all others, so
 * that a harvest under cover is seen as one of its own volume and not as a fraction of the account.
 *
 * <p>What makes a request a {@linkplain #isSought sought} one is its own words and the tokens of its history. Neither its
 * parameters nor its ids do, which the caller may write on a harvest as on its cover. People ask for such things as well:
 * of the requests of real and composed chats 5 to 20 in a hundred are sought. How many they are beside the rest, and what
 * they are like among themselves, tells.
 *
 * <p>Kept in slices of seven days of event time, this one and the one before, so it holds the last seven to fourteen days;
 * a window of {@value #DAYS} days is what it is for. Requests of older slices than that are left out. A slice is a {@link
 * Profile}, so their order within it does not matter. At most two profiles; an account that asks for nothing of the kind
 * takes one byte. Mutable and not thread-safe.
 */
public final class SoughtRequests {
    /** Days that two slices reach back at most. */
    public static final int DAYS = 14;

    /** Requests of an account before which nothing is set apart, so that the many small accounts stay small. */
    public static final int FIRST_KEPT = 16;

    private static final int SLICE_DAYS = DAYS / 2;

    /** What instruction, reasoning, preference, code and tool-use sets are made of. */
    private static final Set<Marker> ASKS = EnumSet.of(
            Marker.ASKS_REASONING,
            Marker.ASKS_RATIONALE,
            Marker.RUBRIC,
            Marker.COMPARES_ANSWERS,
            Marker.WRITES_TASKS,
            Marker.REWRITES_PROMPT,
            Marker.ANSWER_OPTIONS,
            Marker.WRITES_CODE,
            Marker.CALLS_TOOLS,
            Marker.ROLE_PLAY,
            Marker.SELF_CHAT,
            Marker.NEUTRAL_REWRITE,
            Marker.FORMULA,
            Marker.GIVES_ANSWER);

    private static final long ASKED = ASKS.stream().mapToLong(Marker::bit).sum();

    private Slice newest = Slice.NONE;
    private Slice before = Slice.NONE;

    /**
     * Requests of seven days.
     *
     * @param number days since 1970 over seven, rounded down
     */
    private record Slice(long number, @Nullable Profile profile) {
        static final Slice NONE = new Slice(Long.MIN_VALUE, null);

        static Slice empty(long number) {
            return new Slice(number, new Profile());
        }
    }

    /**
     * Whether a request is one: it asks for what models are taught with, and the tokens do not bear out that it carries on a
     * conversation.
     *
     * @param ties what it has to do with the account's requests before it
     */
    public static boolean isSought(RequestFingerprint request, Ties ties) {
        return (request.getMarkers() & ASKED) != 0 && !ties.carriesOn();
    }

    /**
     * Counts a request in, if it is sought.
     *
     * @param day of its event time, days since 1970
     * @param ties what it has to do with the account's requests before it
     */
    public void add(RequestFingerprint request, long day, Ties ties) {
        if (isSought(request, ties)) {
            Slice slice = slice(Math.floorDiv(day, SLICE_DAYS));
            if (slice.profile() != null) {
                slice.profile().add(request, ties);
            }
        }
    }

    /** The slice of a number, made where it is missing; none where it is over. A stamp years ahead costs one slice at most. */
    private Slice slice(long number) {
        if (number > newest.number()) {
            before = newest;
            newest = Slice.empty(number);
        } else if (number > before.number() && number < newest.number()) {
            before = Slice.empty(number);
        }
        return number == newest.number() ? newest : number == before.number() ? before : Slice.NONE;
    }

    /**
     * The profile of the requests as seen on a day, not to be changed; empty when there are none.
     *
     * @param day days since 1970
     */
    public Optional<Profile> profile(long day) {
        long number = Math.floorDiv(day, SLICE_DAYS);
        Optional<Profile> one = seen(newest, number);
        Optional<Profile> other = seen(before, number);
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        Profile both = new Profile();
        both.merge(one.get());
        both.merge(other.get());
        return Optional.of(both);
    }

    private static Optional<Profile> seen(Slice slice, long number) {
        return slice.number() == number || slice.number() == number - 1
                ? Optional.ofNullable(slice.profile())
                : Optional.empty();
    }

    /** Forgets all of it. */
    public void clear() {
        newest = Slice.NONE;
        before = Slice.NONE;
    }

    public void write(StateWriter out) {
        out.writeByte((newest.profile() == null ? 0 : 1) + (before.profile() == null ? 0 : 1));
        write(newest, out);
        write(before, out);
    }

    private static void write(Slice slice, StateWriter out) {
        if (slice.profile() != null) {
            out.writeSigned(slice.number());
            ProfileCodec.write(slice.profile(), out);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CorruptStateException when it cannot be that
     */
    public static SoughtRequests read(StateReader in) {
        SoughtRequests sought = new SoughtRequests();
        int slices = in.readCount(2);
        if (slices > 0) {
            sought.newest = new Slice(in.readSigned(), ProfileCodec.read(in));
        }
        if (slices > 1) {
            sought.before = new Slice(in.readSigned(), ProfileCodec.read(in));
        }
        return sought;
    }

    /** An estimate of the heap taken, in bytes. */
    public long approximateBytes() {
        return HeapSize.object(8) + bytes(newest) + bytes(before);
    }

    private static long bytes(Slice slice) {
        return slice.profile() == null
                ? 0
                : HeapSize.object(12) + slice.profile().approximateBytes();
    }
}
