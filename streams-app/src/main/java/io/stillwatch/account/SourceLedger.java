package io.stillwatch.account;

import io.stillwatch.profile.Loss;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What became of every record of one partition, by source: how many came, how many counted, and how many did not and
 * why. A record is in {@code records} and either counted or lost; {@code AHEAD} and {@code EVICTED} speak of records that
 * counted all the same.
 *
 * <p>Sources past the {@value #MOST_SOURCES}th share one line, so whoever writes records cannot make it grow.
 */
public final class SourceLedger {
    /** Name of the line of all sources for which there is no room. */
    public static final String OTHERS = "others";

    private static final int MOST_SOURCES = 256;
    private static final int COLUMNS = 2 + Loss.values().length;
    private static final int RECORDS = 0;
    private static final int COUNTED = 1;

    private final Map<String, long[]> lines = new TreeMap<>();
    private boolean dirty;
    private boolean unpublished;

    /**
     * What became of the records of a source; counts.
     *
     * @param records that came
     * @param counted that went into a profile
     * @param losses by kind
     */
    public record Line(long records, long counted, Map<Loss, Long> losses) {
        /** Records lost in one way. */
        public long lost(Loss kind) {
            return losses.getOrDefault(kind, 0L);
        }
    }

    public void counted(String source) {
        long[] line = line(source);
        line[RECORDS]++;
        line[COUNTED]++;
    }

    /** Notes a record that did not count. */
    public void lost(String source, Loss kind) {
        long[] line = line(source);
        line[RECORDS]++;
        line[2 + kind.position()]++;
    }

    /** Notes something about records that counted. */
    public void noted(String source, Loss kind, long records) {
        line(source)[2 + kind.position()] += records;
    }

    private long[] line(String source) {
        dirty = true;
        unpublished = true;
        long[] line = lines.get(source);
        if (line == null) {
            String name = lines.size() < MOST_SOURCES ? source : OTHERS;
            line = lines.computeIfAbsent(name, none -> new long[COLUMNS]);
        }
        return line;
    }

    /** Whether there is something to store; there is not, until the next change. */
    public boolean takeDirty() {
        boolean was = dirty;
        dirty = false;
        return was;
    }

    /** Hands on all lines where one has changed since the last time. */
    public void publish(BiConsumer<String, Line> to) {
        if (unpublished) {
            unpublished = false;
            lines.forEach((source, line) -> {
                Map<Loss, Long> losses = new EnumMap<>(Loss.class);
                for (Loss kind : Loss.values()) {
                    losses.put(kind, line[2 + kind.position()]);
                }
                to.accept(source, new Line(line[RECORDS], line[COUNTED], losses));
            });
        }
    }

    public void reset() {
        lines.clear();
        dirty = false;
        unpublished = false;
    }

    public byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeUnsigned(lines.size());
        lines.forEach((source, line) -> {
            out.writeString(source);
            out.writeUnsigned(line.length);
            for (long value : line) {
                out.writeUnsigned(value);
            }
        });
        return out.toByteArray();
    }

    public void decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int count = in.readCount(MOST_SOURCES + 1);
        for (int at = 0; at < count; at++) {
            String source = in.readString();
            long[] line = new long[COLUMNS];
            int columns = in.readCount(COLUMNS);
            for (int column = 0; column < columns; column++) {
                line[column] = in.readUnsigned();
            }
            lines.put(source, line);
        }
        unpublished = count > 0;
    }
}
