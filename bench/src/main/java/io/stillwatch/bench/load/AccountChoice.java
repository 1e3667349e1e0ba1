package io.stillwatch.bench.load;

import java.util.Arrays;
import java.util.Random;

/** Which account the next request belongs to, as a number from 0. */
@FunctionalInterface
public interface AccountChoice {

    /** Draws an account. */
    int next(Random random);

    /** Every account is as busy as any other. */
    static AccountChoice uniform(int accounts) {
        return random -> random.nextInt(accounts);
    }

    /** The account of rank r is drawn with a probability that goes as 1/r: few are very busy, most are not. */
    static AccountChoice zipf(int accounts) {
        double[] upTo = new double[accounts];
        double sum = 0;
        for (int rank = 1; rank <= accounts; rank++) {
            sum += 1.0 / rank;
            upTo[rank - 1] = sum;
        }
        return random -> {
            int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[accounts - 1]);
            return Math.min(accounts - 1, at < 0 ? -at - 1 : at + 1);
        };
    }
}
