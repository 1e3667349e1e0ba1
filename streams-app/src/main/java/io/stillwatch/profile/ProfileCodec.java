package io.stillwatch.profile;

/**
 * The stored form of a profile.
 *
 * <pre>
 *  byte 0        version (now 1)
 *  varints       first, last - first, created (signed; absent when no request)
 *  counts        2 x [presence bits, one varint a sum]
 *  2 histograms  prompt characters, answer tokens: [form byte, presence bits, one varint a bucket]
 *  active        hours, then [hour gap, 60 minute bits] each
 *  kernel mean   prompts, then 128 signed varints and 64 cells when not 0
 *  4 x           concentration of opening, closing, whole prompt and language: 32 counters
 *  sample        up to 32 x [8-byte hash, times sent]
 *  12 x          distinct counts: sparse [2 x keys, 4 bytes a key] or dense [1, 2^precision registers]
 *  examples      up to 3 event ids: [length, UTF-8]
 * </pre>
 *
 * <p>Varints are LEB128; signed ones zigzag first. Every released version stays readable; golden files hold each.
 */
public final class ProfileCodec {
    private static final int VERSION = 1;

    private ProfileCodec() {}

    /** Encodes a profile; equal profiles give equal bytes. */
    public static byte[] encode(Profile profile) {
        StateWriter out = new StateWriter();
        write(profile, out);
        return out.toByteArray();
    }

    static void write(Profile profile, StateWriter out) {
        out.writeByte(VERSION);
        boolean any = profile.requests() > 0;
        out.writeByte(any ? 1 : 0);
        if (!any) {
            return;
        }
        out.writeSigned(profile.firstMs);
        out.writeSigned(profile.lastMs - profile.firstMs);
        out.writeSigned(profile.createdMs);
        profile.counts.write(out);
        profile.promptCharacters.write(out);
        profile.answerTokens.write(out);
        profile.active.write(out);
        profile.kernelMean.write(out);
        profile.heads.write(out);
        profile.tails.write(out);
        profile.repeats.write(out);
        profile.languageMix.write(out);
        profile.promptSample.write(out);
        for (DistinctCount distinct : distinctCounts(profile)) {
            distinct.write(out);
        }
        profile.examples.write(out);
    }

    /**
     * Decodes a profile.
     *
     * @throws CorruptStateException when the bytes are no profile, or one of a newer version
     */
    public static Profile decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new CorruptStateException("the profile has version " + version + "; this release reads up to "
                    + VERSION + ": run the release that wrote it or a newer one");
        }
        Profile profile = new Profile();
        if (in.readByte() == 1) {
            profile.firstMs = in.readSigned();
            profile.lastMs = profile.firstMs + in.readSigned();
            profile.createdMs = in.readSigned();
            profile.counts.read(in);
            profile.promptCharacters.read(in);
            profile.answerTokens.read(in);
            profile.active.read(in);
            profile.kernelMean.read(in);
            profile.heads.read(in);
            profile.tails.read(in);
            profile.repeats.read(in);
            profile.languageMix.read(in);
            profile.promptSample.read(in);
            for (DistinctCount distinct : distinctCounts(profile)) {
                distinct.read(in);
            }
            profile.examples.read(in);
        }
        if (!in.atEnd()) {
            throw new CorruptStateException("the profile is followed by bytes that do not belong to it");
        }
        return profile;
    }

    private static DistinctCount[] distinctCounts(Profile profile) {
        return new DistinctCount[] {
            profile.prompts,
            profile.skeletons,
            profile.shingles,
            profile.systems,
            profile.toolSets,
            profile.conversations,
            profile.endUsers,
            profile.apiKeys,
            profile.models,
            profile.networks,
            profile.clients,
            profile.languages
        };
    }
}
