package io.stillwatch.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The full model: all-MiniLM-L6-v2, quantised, on one thread. Runs one text at a time, because its dynamic quantisation
 * would otherwise let the texts of a batch change each other's vectors.
 */
final class SentenceModel implements AutoCloseable {
    /** Components of its vectors. */
    static final int DIMENSIONS = 384;

    /** Pieces of a text it reads at most, as its authors configured it. */
    static final int MAX_PIECES = 254;

    private static final int BEGINNING = 101;
    private static final int END = 102;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    SentenceModel() throws OrtException, IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(ModelFiles.read(ModelFiles.MODEL), options);
        }
    }

    /** The unit vector of a text: the mean over all its positions, as the model's authors pool it. */
    double[] embed(int[] pieces) throws OrtException {
        int count = Math.min(pieces.length, MAX_PIECES);
        FloatBuffer states = run(pieces, count);
        double[] mean = new double[DIMENSIONS];
        for (int position = 0; position < count + 2; position++) {
            for (int i = 0; i < DIMENSIONS; i++) {
                mean[i] += states.get();
            }
        }
        return unit(mean);
    }

    /** The unit vector of one piece standing alone: the state at its own position. */
    double[] embedPiece(int piece) throws OrtException {
        FloatBuffer states = run(new int[] {piece}, 1);
        double[] state = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            state[i] = states.get(DIMENSIONS + i);
        }
        return unit(state);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    private FloatBuffer run(int[] pieces, int count) throws OrtException {
        long[] numbers = new long[count + 2];
        numbers[0] = BEGINNING;
        for (int i = 0; i < count; i++) {
            numbers[i + 1] = pieces[i];
        }
        numbers[count + 1] = END;
        long[] ones = new long[count + 2];
        Arrays.fill(ones, 1);
        try (OnnxTensor input = tensor(numbers);
                OnnxTensor mask = tensor(ones);
                OnnxTensor types = tensor(new long[count + 2]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer();
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private static double[] unit(double[] vector) {
        double squares = 0;
        for (double component : vector) {
            squares += component * component;
        }
        double scale = 1 / Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }
}
