package io.stillwatch.embedding;

/**
 * What a piece counts before anything is fitted: the smooth inverse of its frequency, a / (a + p) (Arora, Liang, Ma: A
 * simple but tough-to-beat baseline for sentence embeddings, ICLR 2017). The frequency p is Zipf's: the vocabulary is
 * ordered by frequency from its first whole word on.
 */
final class PieceWeights {
    /** The first piece that is not reserved: the exclamation mark. */
    static final int FIRST_PIECE = 999;

    private static final int FIRST_WORD = 1_996;

    /** Single characters stand before the words, in the order of their code points: taken as about the fifth word. */
    private static final int RANK_OF_CHARACTERS = 5;

    private static final double SMOOTHING = 1e-4;

    private final double harmonic;

    PieceWeights(int pieces) {
        double sum = 0;
        for (int rank = 1; rank <= pieces; rank++) {
            sum += 1.0 / rank;
        }
        harmonic = sum;
    }

    double weight(int piece) {
        int rank = piece < FIRST_WORD ? RANK_OF_CHARACTERS : piece - FIRST_WORD + 1;
        double frequency = 1 / (rank * harmonic);
        return SMOOTHING / (SMOOTHING + frequency);
    }
}
