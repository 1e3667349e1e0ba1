package io.stillwatch.simulate.chance;

import java.util.List;

/**
 * One stream of pseudo-random draws (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014).
 *
 * <p>Own code rather than {@code java.util}: the same seed must give the same traffic on any JDK, and every function
 * of a real number goes through {@link StrictMath} for the same reason. Not thread-safe.
 */
public final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    public Chance(long seed) {
        this.state = seed;
    }

    /** The seed of a stream below another one; different children of one parent are independent. */
    public static long seed(long parent, long child) {
        return mix(mix(parent + GOLDEN) ^ mix(child * GOLDEN + 0x2545F4914F6CDD1DL));
    }

    /** The seed of a named stream below another one. */
    public static long seed(long parent, String child) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < child.length(); i++) {
            hash = (hash ^ child.charAt(i)) * 0x100000001B3L;
        }
        return seed(parent, hash);
    }

    /** A stream of its own for the named purpose. */
    public static Chance of(long parent, String purpose) {
        return new Chance(seed(parent, purpose));
    }

    /** A bijection of 64 bits whose output looks unrelated to its input. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform integer in [0, bound); {@code bound} is at least 1. */
    public int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Uniform integer in [low, high], both included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** Uniform real in [0, 1). */
    public double unit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform real in [low, high). */
    public double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** True with the given probability. */
    public boolean is(double probability) {
        return unit() < probability;
    }

    public <T> T pick(List<T> items) {
        return items.get(below(items.size()));
    }

    /** Index drawn in proportion to its weight; at least one weight is positive. */
    public int weighted(double... weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = unit() * total;
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** Integer in [low, high], uniform in its logarithm: small values as likely per decade as big ones. */
    public int logUniform(int low, int high) {
        double drawn = StrictMath.exp(between(StrictMath.log(low), StrictMath.log(high + 1.0)));
        return Math.max(low, Math.min(high, (int) drawn));
    }

    /** Standard normal (Marsaglia's polar method). */
    public double gaussian() {
        while (true) {
            double u = 2 * unit() - 1;
            double v = 2 * unit() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    /** Log-normal with the given mean and standard deviation of its logarithm. */
    public double logNormal(double mu, double sigma) {
        return StrictMath.exp(mu + sigma * gaussian());
    }

    public double exponential(double mean) {
        return -mean * StrictMath.log(1 - unit());
    }

    /** Gamma with scale 1 (Marsaglia and Tsang 2000; shapes below 1 by their boost). */
    public double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(1 - unit(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            double u = 1 - unit();
            if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** Rank in [0, n), popular ranks first: the k-th has weight near 1/(k+1). */
    public int zipf(int n) {
        int rank = (int) StrictMath.exp(unit() * StrictMath.log(n + 1.0)) - 1;
        return Math.max(0, Math.min(n - 1, rank));
    }
}
