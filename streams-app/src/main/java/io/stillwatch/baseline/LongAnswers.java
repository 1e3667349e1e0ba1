package io.stillwatch.baseline;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.LogHistogram;

/**
 * Which answers are longer than nearly all that an account got: those of a higher {@linkplain LogHistogram#bucketOf bucket}
 * than this, which at most {@value #RARE} of the answers were. The provider counts an answer's tokens, so the caller cannot
 * write them.
 *
 * @param bucket the highest usual one
 * @param share of the answers that were longer, 0 to 1; kept to a 1024th, as by the rule of succession one more answer might have
 *     been
 */
record LongAnswers(int bucket, double share) {
    /** The share of answers that is called rare. */
    static final double RARE = 0.03;

    private static final int HIGHEST = 63;
    private static final int STEPS = 1_024;

    /** No answer is long where none is known. */
    static final LongAnswers NONE = new LongAnswers(HIGHEST, 0);

    /** Reads them from the lengths of answers, in tokens. */
    static LongAnswers of(LogHistogram answers) {
        long known = answers.total();
        if (known == 0) {
            return NONE;
        }
        int bucket = answers.bucketBelow(RARE);
        double share = (answers.above(bucket) + 1.0) / (known + 2.0);
        return new LongAnswers(bucket, Math.ceil(share * STEPS) / STEPS);
    }

    /** Whether an answer is long; one of unknown length is not. */
    boolean isLong(long tokens) {
        return LogHistogram.bucketOf(tokens) > bucket;
    }

    void write(StateWriter out) {
        out.writeByte(bucket);
        out.writeUnsigned(Math.round(share * STEPS));
    }

    static LongAnswers read(StateReader in) {
        int bucket = in.readByte();
        long steps = in.readUnsigned();
        if (bucket < 0 || bucket > HIGHEST || steps > STEPS) {
            throw new CorruptStateException("answers above bucket " + bucket + " in " + steps + " of " + STEPS);
        }
        return new LongAnswers(bucket, steps / (double) STEPS);
    }
}
