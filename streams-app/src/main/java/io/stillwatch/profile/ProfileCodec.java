package io.stillwatch.profile;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.ActiveMinutes;
import io.stillwatch.profile.sketch.KernelMean;

/**
 * The stored form of a profile, version 7. Equal profiles give equal bytes, and the bytes say themselves where they end.
 *
 * <pre>
 *  Byte  | bit 7  | bit 6  | bit 5  | bit 4  | bit 3  | bit 2   | bit 1  | bit 0    |
 *  ------|--------------------------------------------------------------------------|
 *   0    |                        version: 7                                        |
 *   1    |   0    |   0    |   0    |   0    |   0    | created | losses | requests |
 *   2..n |  the parts below that the flags announce, bit after bit, highest first   |
 *   n    |  filled up with zeros                                                    |
 *
 *  if losses:
 *    ledger          5 x N               records late, duplicate, unreadable, ahead, evicted
 *  if requests:
 *    sums            N                   requests
 *                    5 x N               tokens: input, cached, output, reasoning; characters
 *                    2 x S               samples less requests; temperature in thousandths
 *                    T[0, 64]            markers used: the highest one's number
 *                    29 x P(requests)    requests by property, in the order of Count
 *                    m x P(requests)     requests by marker
 *    first, last     S, N                ms since 1970; ms from first to last
 *    if created      S                   minutes from sign-up to first
 *    minutes         0, G                active minutes, less 1
 *                    1 bit               the first request's minute is one of them
 *                    I                   the others but the last request's, which always is
 *                 or 1, G, I             active hours, less 1; which ones
 *                    60 bits an hour     its minutes, the last one first
 *    histograms      C64(requests)       prompt characters
 *                    C64(output known)   answer tokens
 *    kernel mean     S                   squared norms less 1,020 a prompt       (absent when no
 *                    5 bits              Rice parameter                           prompt has an
 *                    128 x R             component sums                           embedding)
 *                    C64(embedded)       topic cells
 *    openings        C32(with prompt)    counters of head keys
 *    closings        C32(with prompt)    counters of tail keys
 *    languages       G                   languages, less 1                       (absent when none)
 *                    I, C                their codes; prompts of each, less 1
 *    prompts         T[0, 31]            sampled prompts, less 1                 (absent when none)
 *                    I                   hashes; when 32, the largest first, as N
 *                    N                   times sent in all, less 32              (only when 32)
 *                    C                   times sent, less 1 each
 *                    D9, C32             different prompts; counters of prompts  (only when 32)
 *    skeletons       D8
 *    distinct        1 bit               whether any kind has more than 16; if so, for each of shingles,
 *                                        systems, tool sets, conversations, end users, API keys, models,
 *                                        networks, clients: 0, or 1 and D6
 *                    G, I                keys of the other kinds: kind, then 22 bits
 *    models          P(requests)         requests that name their model
 *                    G, I, C             as languages; then for each
 *                    P, N                requests whose answer's length is known,
 *                                        and if any the sum of their levels
 *    continuity      P(embedded or in    prompts of conversations
 *                      conversation)
 *                    S, 5 bits, 128 x R  their signs; parameter; signed sums         (absent when none)
 *    kinship         1 bit               whether there are pairs; if so, for each class
 *                    N, S                pairs; if any, the sum of their products
 *    examples        2 bits              event ids, then each:
 *                    2 bits              0 UUID, 1 hexadecimal, 2 text
 *                    128 bits or G, bytes
 *
 *  Dp (distinct count of precision p):
 *    0, G, I                             keys; each cut to p + 16 bits
 *    1, 6 bits, 2 bits, 2^p x [R, 0..2]  base and Rice parameter; rank and the bits below it of each register
 *
 *  N       number of up to 64 bits: G of its length, then its bits below the leading one
 *  S       N of a signed number, zigzag
 *  G       gamma code of the number + 1 (Elias 1975)
 *  R       Rice code (Rice 1979), of zigzag or folded numbers
 *  T[a,b]  truncated binary
 *  P(w)    part of a whole w: 0 none, 10 all, 11 and T[1, w - 1] between
 *  I       sorted numbers by binary interpolative coding (Moffat and Stuiver 2000)
 *  Cn(t)   n counters of total t: that of the first half as T[0, t], then each half
 * </pre>
 *
 * <p>Bytes of a pane of usual requests: 136 for one, 325 for ten, 810 for a hundred different prompts, 1,300 for ten
 * thousand; {@code PaneBytesTest} holds the bounds. Nothing grows without end: the most varied traffic brings counters,
 * registers and samples to 3 KB, and to these come at most 7 KB of minutes ({@link ActiveMinutes}), which only years'
 * worth of hours take, and three event ids.
 *
 * <p>No version before 7 was ever released. From the first release on every released one stays readable.
 */
public final class ProfileCodec {
    private static final int VERSION = 7;
    private static final int REQUESTS = 1;
    private static final int LOSSES = 2;
    private static final int CREATED = 4;

    private ProfileCodec() {}

    /** Encodes a profile; equal profiles give equal bytes. */
    public static byte[] encode(Profile profile) {
        StateWriter out = new StateWriter();
        write(profile, out);
        return out.toByteArray();
    }

    /** Writes a profile within another record; {@link #read} knows where it ends. */
    public static void write(Profile profile, StateWriter out) {
        int requests = profile.requests() == 0 ? 0 : REQUESTS;
        int losses = profile.losses.isEmpty() ? 0 : LOSSES;
        int created = requests == 0 || profile.createdMinute == Long.MIN_VALUE ? 0 : CREATED;
        out.writeByte(VERSION);
        out.writeByte(requests | losses | created);
        BitWriter bits = new BitWriter(out);
        if (losses != 0) {
            profile.losses.write(bits);
        }
        if (requests != 0) {
            writeRequests(profile, bits);
        }
        bits.finish();
    }

    private static void writeRequests(Profile profile, BitWriter out) {
        Counts counts = profile.counts;
        counts.write(out);
        out.signed(profile.firstMs);
        out.number(profile.lastMs - profile.firstMs);
        if (profile.createdMinute != Long.MIN_VALUE) {
            out.signed(Math.floorDiv(profile.firstMs, Profile.MINUTE_MS) - profile.createdMinute);
        }
        profile.active.write(out, profile.firstMs, profile.lastMs);
        profile.promptCharacters.write(out, counts.get(Sum.REQUESTS));
        profile.answerTokens.write(out, counts.get(Count.OUTPUT_KNOWN));
        profile.kernelMean.write(out);
        profile.heads.write(out, counts.get(Count.WITH_PROMPT));
        profile.tails.write(out, counts.get(Count.WITH_PROMPT));
        profile.languages.write(out, counts.get(Count.WITH_LANGUAGE));
        profile.prompts.write(out, counts.get(Count.WITH_PROMPT));
        profile.skeletons.write(out);
        profile.distinct.write(out);
        long named = profile.models.total();
        out.part(named, counts.get(Sum.REQUESTS));
        profile.models.write(out, named);
        out.part(profile.continuity.count(), Math.min(counts.get(Count.EMBEDDED), counts.get(Count.IN_CONVERSATION)));
        profile.continuity.write(out);
        profile.kinship.write(out);
        profile.examples.write(out);
    }

    /**
     * Decodes a profile.
     *
     * @throws CorruptStateException when the bytes are no profile, or one of another version
     */
    public static Profile decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        Profile profile = read(in);
        if (!in.atEnd()) {
            throw new CorruptStateException("the profile is followed by bytes that do not belong to it");
        }
        return profile;
    }

    /**
     * Reads a profile within another record and leaves the reader behind it.
     *
     * @throws CorruptStateException when the bytes are no profile, or one of another version
     */
    public static Profile read(StateReader in) {
        int flags = readFlags(in);
        Profile profile = new Profile();
        BitReader bits = new BitReader(in);
        if ((flags & LOSSES) != 0) {
            profile.losses.read(bits);
        }
        if ((flags & REQUESTS) != 0) {
            readRequests(profile, bits, (flags & CREATED) != 0);
        }
        bits.finish();
        return profile;
    }

    /** Reads where the prompts of a profile lie and no further, so the reader is left in its middle. */
    static KernelMean readKernelMean(StateReader in) {
        Profile profile = new Profile();
        int flags = readFlags(in);
        BitReader bits = new BitReader(in);
        if ((flags & LOSSES) != 0) {
            profile.losses.read(bits);
        }
        if ((flags & REQUESTS) != 0) {
            readUpToPrompts(profile, bits, (flags & CREATED) != 0);
        }
        return profile.kernelMean;
    }

    private static int readFlags(StateReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new CorruptStateException(
                    "the profile has version " + version + "; this release reads version " + VERSION);
        }
        int flags = in.readByte();
        if ((flags & ~(REQUESTS | LOSSES | CREATED)) != 0 || (flags & (REQUESTS | CREATED)) == CREATED) {
            throw new CorruptStateException("the profile announces parts that do not exist");
        }
        return flags;
    }

    private static void readUpToPrompts(Profile profile, BitReader in, boolean created) {
        Counts counts = profile.counts;
        counts.read(in);
        profile.firstMs = in.signed();
        profile.lastMs = profile.firstMs + in.number();
        if (created) {
            profile.createdMinute = Math.floorDiv(profile.firstMs, Profile.MINUTE_MS) - in.signed();
        }
        profile.active.read(in, profile.firstMs, profile.lastMs);
        profile.promptCharacters.read(in, counts.get(Sum.REQUESTS));
        profile.answerTokens.read(in, counts.get(Count.OUTPUT_KNOWN));
        profile.kernelMean.read(in, counts.get(Count.EMBEDDED));
    }

    private static void readRequests(Profile profile, BitReader in, boolean created) {
        readUpToPrompts(profile, in, created);
        Counts counts = profile.counts;
        profile.heads.read(in, counts.get(Count.WITH_PROMPT));
        profile.tails.read(in, counts.get(Count.WITH_PROMPT));
        profile.languages.read(in, counts.get(Count.WITH_LANGUAGE));
        profile.prompts.read(in, counts.get(Count.WITH_PROMPT));
        profile.skeletons.read(in);
        profile.distinct.read(in);
        profile.models.read(in, in.part(counts.get(Sum.REQUESTS)));
        int most = Math.min(counts.get(Count.EMBEDDED), counts.get(Count.IN_CONVERSATION));
        profile.continuity.read(in, (int) in.part(most));
        profile.kinship.read(in);
        profile.examples.read(in);
    }
}
