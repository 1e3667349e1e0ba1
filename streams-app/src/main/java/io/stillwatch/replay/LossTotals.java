package io.stillwatch.replay;

import io.stillwatch.schema.SourceLosses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What became of records, over all sources and partitions; counts.
 *
 * @param records that came
 * @param counted that went into a profile
 * @param late that came too late to count
 * @param repeated that were sent before, and so did not count
 * @param unreadable that could not be read
 */
public record LossTotals(long records, long counted, long late, long repeated, long unreadable) {
    /** Nothing has come. */
    public static final LossTotals NONE = new LossTotals(0, 0, 0, 0, 0);

    /** The sum of lines of the loss ledger. */
    public static LossTotals of(Collection<SourceLosses> lines) {
        LossTotals sum = NONE;
        for (SourceLosses line : lines) {
            sum = new LossTotals(
                    sum.records + line.getRecords(),
                    sum.counted + line.getCounted(),
                    sum.late + line.getLate(),
                    sum.repeated + line.getDuplicate(),
                    sum.unreadable + line.getUnreadable());
        }
        return sum;
    }

    /** What has come since. */
    public LossTotals since(LossTotals before) {
        return new LossTotals(
                records - before.records,
                counted - before.counted,
                late - before.late,
                repeated - before.repeated,
                unreadable - before.unreadable);
    }

    /** As a part of a sentence: what did not count, and why; empty where all counted. */
    public String words() {
        List<String> words = new ArrayList<>();
        add(words, late, "came too late to count");
        add(words, repeated, "were sent before and did not count again");
        add(words, unreadable, "could not be read");
        return String.join(", ", words);
    }

    private static void add(List<String> words, long number, String what) {
        if (number > 0) {
            words.add(String.format(Locale.ROOT, "%,d %s", number, what));
        }
    }
}
