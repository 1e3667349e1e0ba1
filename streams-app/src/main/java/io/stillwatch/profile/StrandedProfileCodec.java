package io.stillwatch.profile;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.KernelMean;
import io.stillwatch.profile.sketch.PromptMean;
import java.util.Optional;

/**
 * The stored form of a profile by strands, version 4. Equal profiles give equal bytes, and the bytes say themselves where
 * they end.
 *
 * <pre>
 *  Byte  |
 *  ------|------------------------------------------------------------------------
 *   0    | version: 4
 *   1    | a bit for each strand that is there, in the order of Strand, lowest first
 *   2..n | their profiles in the same order, each as ProfileCodec describes
 * </pre>
 */
public final class StrandedProfileCodec {
    private static final int VERSION = 4;
    private static final Strand[] ALL = Strand.values();

    private StrandedProfileCodec() {}

    /** Encodes a profile; equal profiles give equal bytes. */
    public static byte[] encode(StrandedProfile profile) {
        StateWriter out = new StateWriter();
        write(profile, out);
        return out.toByteArray();
    }

    /** Writes a profile within another record; {@link #read} knows where it ends. */
    public static void write(StrandedProfile profile, StateWriter out) {
        int present = 0;
        for (Strand strand : ALL) {
            if (profile.strand(strand).isPresent()) {
                present |= 1 << strand.position();
            }
        }
        out.writeByte(VERSION);
        out.writeByte(present);
        for (Strand strand : ALL) {
            profile.strand(strand).ifPresent(part -> ProfileCodec.write(part, out));
        }
    }

    /**
     * Decodes a profile.
     *
     * @throws CorruptStateException when the bytes are no profile, or one of another version
     */
    public static StrandedProfile decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        StrandedProfile profile = read(in);
        if (!in.atEnd()) {
            throw new CorruptStateException("the profile is followed by bytes that do not belong to it");
        }
        return profile;
    }

    /**
     * Where the prompts of an encoded profile lie: what {@code decode(bytes).whole().promptMean()} gives, for a fraction of
     * the time.
     *
     * @throws CorruptStateException when the bytes are no profile, or one of another version
     */
    public static Optional<PromptMean> promptMean(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int present = readPresent(in);
        if (present == 0) {
            return Optional.empty();
        }
        KernelMean sum = new KernelMean();
        int last = Integer.highestOneBit(present);
        for (int strand = 1; strand < last; strand <<= 1) {
            if ((present & strand) != 0) {
                sum.merge(ProfileCodec.read(in).kernelMean);
            }
        }
        sum.merge(ProfileCodec.readKernelMean(in));
        return sum.mean();
    }

    /**
     * Reads a profile within another record and leaves the reader behind it.
     *
     * @throws CorruptStateException when the bytes are no profile, or one of another version
     */
    public static StrandedProfile read(StateReader in) {
        StrandedProfile profile = new StrandedProfile();
        int present = readPresent(in);
        for (Strand strand : ALL) {
            if ((present & 1 << strand.position()) != 0) {
                profile.put(strand, ProfileCodec.read(in));
            }
        }
        return profile;
    }

    private static int readPresent(StateReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new CorruptStateException(
                    "the profile by strands has version " + version + "; this release reads version " + VERSION);
        }
        return in.readByte() & 0xFF;
    }
}
