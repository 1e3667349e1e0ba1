package io.stillwatch.campaign.work;

import io.stillwatch.profile.sketch.PromptMean;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns a {@link WorkSpace} from prompts of many accounts: how the prompts of one account scatter, pooled over accounts, and
 * how accounts differ. The first {@value #MOST_PROMPTS} prompts of an account count, so that a few heavy jobs are not all.
 * Mutable and not thread-safe.
 */
public final class Learner {
    static final int MOST_PROMPTS = 200;

    /** Accounts with fewer prompts tell too little of how accounts differ. */
    private static final int LEAST_PROMPTS = 5;

    /** Share of the mean variance that is mixed into every direction, as all covariances learned are too narrow (Ledoit and Wolf 2004). */
    private static final double SHRINKAGE = 0.2;

    private static final int SIZE = PromptMean.DIMENSIONS;

    private final Map<String, Seen> accounts = new TreeMap<>();
    private final double[][] products = new double[SIZE][SIZE];

    private static final class Seen {
        private final double[] sum = new double[SIZE];
        private int prompts;
    }

    /** Takes in a prompt of an account; one without an embedding is left out. */
    public void add(String account, ByteBuffer embedding) {
        if (embedding.remaining() != SIZE) {
            return;
        }
        Seen seen = accounts.computeIfAbsent(account, unused -> new Seen());
        if (seen.prompts == MOST_PROMPTS) {
            return;
        }
        double[] vector = new double[SIZE];
        double squared = 0;
        for (int d = 0; d < SIZE; d++) {
            vector[d] = embedding.get(embedding.position() + d);
            squared += vector[d] * vector[d];
        }
        if (squared == 0) {
            return;
        }
        double length = Math.sqrt(squared);
        seen.prompts++;
        for (int d = 0; d < SIZE; d++) {
            vector[d] /= length;
            seen.sum[d] += vector[d];
            for (int e = 0; e <= d; e++) {
                products[e][d] += vector[e] * vector[d];
            }
        }
    }

    /**
     * Learns it.
     *
     * @throws IllegalStateException when there are too few accounts to tell how they differ
     */
    public WorkSpace learn() {
        double[][] within = new double[SIZE][SIZE];
        double[][] between = new double[SIZE][SIZE];
        double[] centre = new double[SIZE];
        double freedom = 0;
        double noise = 0;
        int settled = 0;
        for (int e = 0; e < SIZE; e++) {
            within[e] = products[e].clone();
        }
        for (Seen seen : accounts.values()) {
            addProducts(within, seen.sum, -1.0 / seen.prompts);
            freedom += seen.prompts - 1;
            if (seen.prompts >= LEAST_PROMPTS) {
                settled++;
                noise += 1.0 / seen.prompts;
                for (int d = 0; d < SIZE; d++) {
                    centre[d] += seen.sum[d] / seen.prompts;
                }
            }
        }
        if (settled < 2 * SIZE) {
            throw new IllegalStateException(
                    "a work space is learned from " + 2 * SIZE + " accounts at least, not " + settled);
        }
        for (int d = 0; d < SIZE; d++) {
            centre[d] /= settled;
        }
        for (Seen seen : accounts.values()) {
            if (seen.prompts >= LEAST_PROMPTS) {
                double[] apart = new double[SIZE];
                for (int d = 0; d < SIZE; d++) {
                    apart[d] = seen.sum[d] / seen.prompts - centre[d];
                }
                addProducts(between, apart, 1.0 / settled);
            }
        }
        double trace = 0;
        for (int e = 0; e < SIZE; e++) {
            for (int d = e; d < SIZE; d++) {
                within[e][d] /= freedom;
                between[e][d] -= within[e][d] * noise / settled;
            }
            trace += within[e][e];
        }
        return of(centre, new SymmetricMatrix(shrunk(within, trace)), new SymmetricMatrix(between), trace);
    }

    private static void addProducts(double[][] to, double[] vector, double weight) {
        for (int e = 0; e < SIZE; e++) {
            for (int d = e; d < SIZE; d++) {
                to[e][d] += weight * vector[e] * vector[d];
            }
        }
    }

    private static double[][] shrunk(double[][] within, double trace) {
        double[][] shrunk = new double[SIZE][SIZE];
        for (int e = 0; e < SIZE; e++) {
            for (int d = e; d < SIZE; d++) {
                shrunk[e][d] = (1 - SHRINKAGE) * within[e][d] + (e == d ? SHRINKAGE * trace / SIZE : 0);
            }
        }
        return shrunk;
    }

    /** Turns and scales until prompts scatter by 1 in all directions, then turns to where accounts differ most. */
    private static WorkSpace of(double[] centre, SymmetricMatrix within, SymmetricMatrix between, double trace) {
        SymmetricMatrix.Eigen scatter = within.eigen();
        double[][] whitening = new double[SIZE][SIZE];
        for (int row = 0; row < SIZE; row++) {
            for (int d = 0; d < SIZE; d++) {
                whitening[row][d] = scatter.vectors()[row][d] / Math.sqrt(scatter.values()[row]);
            }
        }
        SymmetricMatrix.Eigen apart = new SymmetricMatrix(between.seenThrough(whitening)).eigen();
        float[][] axes = new float[WorkSpace.AXES][SIZE];
        float[] variances = new float[WorkSpace.AXES];
        for (int axis = 0; axis < WorkSpace.AXES; axis++) {
            variances[axis] = (float) Math.max(0, apart.values()[axis]);
            for (int d = 0; d < SIZE; d++) {
                double component = 0;
                for (int row = 0; row < SIZE; row++) {
                    component += apart.vectors()[axis][row] * whitening[row][d];
                }
                axes[axis][d] = (float) component;
            }
        }
        float[] middle = new float[SIZE];
        for (int d = 0; d < SIZE; d++) {
            middle[d] = (float) centre[d];
        }
        return new WorkSpace(middle, axes, variances, (float) trace);
    }
}
