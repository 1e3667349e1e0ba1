package io.stillwatch.embedding;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The numbers that lead from the full model's space to the token table's: kept beside the generator so that single rows
 * can be made again and compared.
 *
 * @param axes the dimensions kept
 * @param scale factor of a weighted piece's coordinates
 * @param centre what is subtracted after that: where an average text would lie
 * @param spread what each dimension is divided by
 * @param quantum what one step of a byte stands for
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared or hashed.
record Projection(PrincipalAxes axes, double scale, double[] centre, double[] spread, double quantum) {
    private static final String RESOURCE = "projection.bin";

    Projection withQuantum(double newQuantum) {
        return new Projection(axes, scale, centre, spread, newQuantum);
    }

    /** The prior of a piece from the full model's vector of it. */
    double[] prior(double[] embeddedPiece, double weight) {
        double[] prior = axes.project(embeddedPiece);
        for (int i = 0; i < prior.length; i++) {
            prior[i] = scale * weight * prior[i] - centre[i];
        }
        return prior;
    }

    double spreadOut(int dimension, double component) {
        return component / spread[dimension];
    }

    byte quantise(int dimension, double component) {
        long steps = Math.round(spreadOut(dimension, component) / quantum);
        return (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, steps));
    }

    /** The component that a byte of the table stands for. */
    double restore(int dimension, byte steps) {
        return steps * quantum * spread[dimension];
    }

    /** Writes everything as big-endian floats, in the order of the components; doubles for the two scalars. */
    void write(OutputStream target) throws IOException {
        DataOutputStream out = new DataOutputStream(target);
        out.writeDouble(scale);
        out.writeDouble(quantum);
        write(out, axes.centre());
        for (double[] axis : axes.axes()) {
            write(out, axis);
        }
        write(out, centre);
        write(out, spread);
        out.flush();
    }

    /** The projection that belongs to the shipped table. */
    static Projection shipped() throws IOException {
        try (InputStream resource = Projection.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("The resource " + RESOURCE + " is missing: make the token table anew.");
            }
            DataInputStream in = new DataInputStream(resource);
            double scale = in.readDouble();
            double quantum = in.readDouble();
            double[] mean = read(in, SentenceModel.DIMENSIONS);
            double[][] axes = new double[TableRecipe.DIMENSIONS][];
            for (int i = 0; i < axes.length; i++) {
                axes[i] = read(in, SentenceModel.DIMENSIONS);
            }
            double[] centre = read(in, TableRecipe.DIMENSIONS);
            double[] spread = read(in, TableRecipe.DIMENSIONS);
            return new Projection(new PrincipalAxes(mean, axes), scale, centre, spread, quantum);
        }
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        for (double value : values) {
            out.writeFloat((float) value);
        }
    }

    private static double[] read(DataInputStream in, int count) throws IOException {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
