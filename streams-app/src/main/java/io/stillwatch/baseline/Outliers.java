package io.stillwatch.baseline;

import io.stillwatch.profile.Ties;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.HeapSize;
import io.stillwatch.schema.RequestFingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Whether more of an account's requests are such as its own frozen past hardly had, however small their share: a sequential
 * test, and a sample of what they are.
 *
 * <p>An <em>outlier</em> got an answer longer than nearly all of the past's ({@link LongAnswers}), or asks for something that
 * models are taught with and that the past rarely asked for ({@link Habits#TAUGHT}); unless its tokens bear out that it carries on
 * a conversation, which costs those tokens. Both cost: answers are what is harvested,
 * and the words are what gets them. No parameter, id, instruction or model name counts.
 *
 * <p>The test is the Bernoulli CUSUM (Page 1954, Biometrika 41; Reynolds and Stoumbos 1999, Journal of Quality Technology
 * 31): the sum over the requests of the logarithm of how much likelier each is where outliers are {@value #MORE} more than in
 * the past, taken back to 0 whenever it falls below. So it forgets nothing of a run that goes on, and a share of a tenth adds up
 * as surely as a half, only later; honest requests without end reach a sum of h about once in e^h requests. It stops at {@value
 * #MOST_NATS}, so that it falls within some hundred requests when it is over. A share less than about two fifths of {@value #MORE} above
 * the past's never adds up: so diluting a harvest takes that many other requests.
 *
 * <p>Since the sum last was 0 the run lasts. Its outliers are kept in two halves, of which the older one is let go when the
 * newer has {@value #HALF}: the newest {@value #HALF} to twice as many are known, so that what an account did for long does not
 * hide what it does now. It depends on the order in which requests arrive, which is the partition's.
 *
 * <p>At most two sums of vectors, some 400 bytes as stored, and one byte for an account without a run. Mutable and not
 * thread-safe.
 */
public final class Outliers {
    /** The rise of the share of outliers that the test is made for. */
    static final double MORE = 0.05;

    /** Natural logarithm of the largest likelihood ratio that is kept. */
    static final int MOST_NATS = 20;

    /** Outliers in one half of those kept. */
    static final int HALF = 128;

    /** Steps of the sum are rounded to a 4096th, so that it is exact in any run of the program. */
    static final int UNITS = 4_096;

    private static final int MOST = MOST_NATS * UNITS;

    private long sum;
    private long sinceMs;
    private long requests;
    private long outliers;
    private OutlierSample newer = OutlierSample.NONE;
    private OutlierSample older = OutlierSample.NONE;
    private @Nullable OutlierRule rule;
    private @Nullable Habits madeOf;

    /**
     * Takes in the next request after the past was frozen.
     *
     * @param ties what it has to do with the account's requests before it
     */
    public void add(OwnBaseline past, RequestFingerprint request, Ties ties) {
        OutlierRule applied = ruleOf(past.habits());
        boolean outlier = !ties.carriesOn() && applied.isOutlier(request);
        sum = Math.min(MOST, sum + applied.step(outlier));
        if (sum <= 0) {
            clear();
            return;
        }
        if (requests == 0) {
            sinceMs = request.getEventTime();
        }
        requests++;
        if (outlier) {
            outliers++;
            if (newer.outliers() % HALF == 0) {
                older = newer;
                newer = new OutlierSample();
            }
            newer.add(request);
        }
    }

    @SuppressWarnings(
            "ReferenceEquality") // The same past is the same object; to compare it would take as long as the rule.
    private OutlierRule ruleOf(Habits past) {
        if (rule == null || past != madeOf) {
            rule = OutlierRule.of(past);
            madeOf = past;
        }
        return rule;
    }

    /** Forgets all of it. */
    public void clear() {
        sum = 0;
        sinceMs = 0;
        requests = 0;
        outliers = 0;
        newer = OutlierSample.NONE;
        older = OutlierSample.NONE;
    }

    public boolean isEmpty() {
        return requests == 0;
    }

    /** Decimal logarithm of how many times likelier the run is where outliers are more than in the past; 0 without a run. */
    double evidence() {
        return sum / (UNITS * Math.log(10));
    }

    /** Event time of the first request of the run; milliseconds since 1970. */
    long sinceMs() {
        return sinceMs;
    }

    /** Requests of the run. */
    long requests() {
        return requests;
    }

    /** Outliers among them. */
    long outliers() {
        return outliers;
    }

    /** The newest outliers of the run. */
    OutlierSample sample() {
        return older.with(newer);
    }

    public void write(StateWriter out) {
        out.writeUnsigned(requests);
        if (isEmpty()) {
            return;
        }
        out.writeUnsigned(outliers);
        out.writeUnsigned(sum);
        out.writeSigned(sinceMs);
        newer.write(out);
        older.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CorruptStateException when it cannot be that
     */
    public static Outliers read(StateReader in) {
        Outliers outliers = new Outliers();
        outliers.requests = in.readUnsigned();
        if (outliers.isEmpty()) {
            return outliers;
        }
        outliers.outliers = in.readUnsigned();
        outliers.sum = in.readUnsigned();
        outliers.sinceMs = in.readSigned();
        if (outliers.sum < 1 || outliers.sum > MOST || outliers.outliers > outliers.requests) {
            throw new CorruptStateException("a run of " + outliers.outliers + " outliers in " + outliers.requests
                    + " requests that add up to " + outliers.sum);
        }
        outliers.newer = OutlierSample.read(in);
        outliers.older = OutlierSample.read(in);
        return outliers;
    }

    /** An estimate of the heap taken, in bytes. */
    public long approximateBytes() {
        return HeapSize.object(48) + newer.approximateBytes() + older.approximateBytes();
    }
}
