package io.stillwatch.baseline;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.HeapSize;
import io.stillwatch.profile.sketch.KernelMean;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.schema.RequestFingerprint;
import java.util.Optional;

/** What outliers of an account are: where their prompts lie, what they ask for, how long the answers are. Sums, in any order. */
final class OutlierSample {
    /** No outlier; never changed. */
    static final OutlierSample NONE = new OutlierSample();

    private final KernelMean prompts = new KernelMean();
    private final int[] marked = new int[Habits.TAUGHT.size()];
    private int outliers;
    private int embedded;
    private int answers;
    private long answerTokens;

    void add(RequestFingerprint request) {
        outliers++;
        if (request.getCharacters() > 0 && prompts.add(request.getEmbedding())) {
            embedded++;
        }
        if (request.getOutputTokens() >= 0) {
            answers++;
            answerTokens += request.getOutputTokens();
        }
        for (int at = 0; at < marked.length; at++) {
            marked[at] += (request.getMarkers() & Habits.TAUGHT.get(at).bit()) == 0 ? 0 : 1;
        }
    }

    /** These and others; neither is changed. */
    OutlierSample with(OutlierSample other) {
        OutlierSample both = new OutlierSample();
        both.merge(this);
        both.merge(other);
        return both;
    }

    private void merge(OutlierSample other) {
        prompts.merge(other.prompts);
        outliers += other.outliers;
        embedded += other.embedded;
        answers += other.answers;
        answerTokens += other.answerTokens;
        for (int at = 0; at < marked.length; at++) {
            marked[at] += other.marked[at];
        }
    }

    int outliers() {
        return outliers;
    }

    /** Where the prompts lie; empty when none has an embedding. */
    Optional<PromptMean> mean() {
        return prompts.mean();
    }

    /** Mean length of the answers that are known, in tokens; NaN without any. */
    double answerTokens() {
        return answers == 0 ? Double.NaN : (double) answerTokens / answers;
    }

    /** Share of them that carries a marker of {@link Habits#TAUGHT}, 0 to 1; NaN without any. */
    double share(Marker marker) {
        return outliers == 0 ? Double.NaN : (double) marked[Habits.TAUGHT.indexOf(marker)] / outliers;
    }

    void write(StateWriter out) {
        out.writeUnsigned(outliers);
        if (outliers == 0) {
            return;
        }
        out.writeUnsigned(embedded);
        out.writeUnsigned(answers);
        out.writeUnsigned(answerTokens);
        for (int count : marked) {
            out.writeUnsigned(count);
        }
        BitWriter bits = new BitWriter(out);
        prompts.write(bits);
        bits.finish();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CorruptStateException when it cannot be that
     */
    static OutlierSample read(StateReader in) {
        int outliers = in.readCount(Outliers.HALF);
        if (outliers == 0) {
            return NONE;
        }
        OutlierSample sample = new OutlierSample();
        sample.outliers = outliers;
        sample.embedded = in.readCount(sample.outliers);
        sample.answers = in.readCount(sample.outliers);
        sample.answerTokens = in.readUnsigned();
        for (int at = 0; at < sample.marked.length; at++) {
            sample.marked[at] = in.readCount(sample.outliers);
        }
        BitReader bits = new BitReader(in);
        sample.prompts.read(bits, sample.embedded);
        bits.finish();
        return sample;
    }

    long approximateBytes() {
        return outliers == 0 ? 0 : HeapSize.object(32) + HeapSize.array(marked.length, 4) + prompts.approximateBytes();
    }
}
