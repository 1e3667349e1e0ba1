package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import java.nio.ByteBuffer;

/**
 * Whether the prompts of a conversation belong together, from one more sum of embeddings in which all prompts of a
 * conversation have the same sign, + or - by the conversation's hash.
 *
 * <p>The squared length of such a sum is, in expectation over the signs, the sum of the squared lengths of the
 * conversations' own sums: the products of prompts of different conversations cancel (the tug-of-war sketch of Alon,
 * Matias, Szegedy 1996, for vectors). So it tells how alike prompts of the same conversation are, in the bytes of one
 * vector, however many conversations there are and however their turns are interleaved.
 */
public final class Continuity {
    /** Prompts below which signs alone decide. */
    static final int LEAST_PROMPTS = 50;

    /** Turns of a conversation, on average, below which there is hardly a pair to compare. */
    static final double LEAST_TURNS = 1.5;

    private final VectorSum sum = new VectorSum();

    /** The prompts' signs, summed: what the sum has of the mean of all prompts. */
    private int signs;

    /** Adds a prompt that has an embedding. */
    public void add(ByteBuffer embedding, long conversation) {
        byte[] components;
        int start = 0;
        if (embedding.hasArray()) {
            components = embedding.array();
            start = embedding.arrayOffset() + embedding.position();
        } else {
            components = new byte[VectorSum.DIMENSIONS];
            embedding.get(embedding.position(), components);
        }
        if ((Long.bitCount(conversation) & 1) == 0) {
            signs++;
            sum.add(components, start);
        } else {
            signs--;
            sum.subtract(components, start);
        }
    }

    /** Prompts in it. */
    public int count() {
        return sum.count();
    }

    /**
     * How much more alike two prompts of one conversation are than any two: 0 when turns have nothing to do with each
     * other, towards 1 when they say the same; below 0 by chance.
     *
     * <p>That is the intraclass correlation of the centred embeddings, by the ratio of the sum's squared length to what
     * independent prompts would give, over the mean number of other turns (design effect: Kish 1965). Its standard
     * deviation is about 0.3 over the other turns of a conversation.
     *
     * @param all of the same profile
     * @param conversations different ones
     * @return NaN below {@value #LEAST_PROMPTS} prompts or {@value #LEAST_TURNS} turns a conversation
     */
    public double correlation(PromptMean all, double conversations) {
        int count = sum.count();
        double turns = count / conversations;
        if (count < LEAST_PROMPTS || !(turns >= LEAST_TURNS)) {
            return Double.NaN;
        }
        double squared = 0;
        double mean = 0;
        for (int dimension = 0; dimension < VectorSum.DIMENSIONS; dimension++) {
            double centred = sum.at(dimension) / VectorSum.SCALE - signs * all.at(dimension);
            squared += centred * centred;
            mean += all.at(dimension) * all.at(dimension);
        }
        double independent = count * (all.squaredNorm() - mean);
        // Prompts that all say the same have nothing that a conversation could have more of.
        return independent <= 0 ? Double.NaN : Math.max(-1, Math.min(1, (squared / independent - 1) / (turns - 1)));
    }

    /** Takes in what another has counted. */
    public void merge(Continuity other) {
        sum.merge(other.sum);
        signs += other.signs;
    }

    /** The reader knows the count. */
    public void write(BitWriter out) {
        if (sum.count() > 0) {
            out.signed(signs);
            sum.write(out);
        }
    }

    /** Reads what {@code write} wrote. */
    public void read(BitReader in, int prompts) {
        if (prompts > 0) {
            long read = in.signed();
            if (Math.abs(read) > prompts) {
                throw new CorruptStateException(prompts + " prompts have signs that add up to " + read);
            }
            signs = (int) read;
            sum.read(in, prompts);
        }
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        return HeapSize.object(8) + sum.approximateBytes();
    }
}
