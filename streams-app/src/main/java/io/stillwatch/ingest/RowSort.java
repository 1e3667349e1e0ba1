package io.stillwatch.ingest;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Rows in the order of their keys, rows of equal keys in the order they came: sorted in memory part by part, and merged from
 * disk. For any number of rows of any width, which a database's own sort may not have the memory for.
 */
final class RowSort implements AutoCloseable {
    /** Runs that are merged at once: so many files are open at most. */
    private static final int MOST_RUNS = 64;

    private static final int ROW_OVERHEAD = 64;

    private static final Comparator<Row> ORDER = (left, right) -> Arrays.compareUnsigned(left.key, right.key);

    private final Path folder;
    private final long memoryBytes;
    private final long diskBytes;
    private final List<Row> rows = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private long held;
    private long onDisk;
    private int written;

    /** Its key is compared byte by byte, unsigned. */
    private static final class Row {
        private final byte[] key;
        private final byte[] value;

        private Row(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }
    }

    /** Rows do not fit into the space they may take. */
    static final class FullException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Sorts in a folder of the caller's.
     *
     * @param memoryBytes of rows that are held at once, about
     * @param diskBytes that they may take in the folder at most
     */
    RowSort(Path folder, long memoryBytes, long diskBytes) {
        this.folder = folder;
        this.memoryBytes = memoryBytes;
        this.diskBytes = diskBytes;
    }

    /** Takes one more row. */
    void add(byte[] key, byte[] value) throws IOException {
        rows.add(new Row(key, value));
        held += key.length + value.length + ROW_OVERHEAD;
        if (held >= memoryBytes) {
            spill();
        }
    }

    private void spill() throws IOException {
        rows.sort(ORDER);
        try (DataOutputStream out = newRun()) {
            for (Row row : rows) {
                write(row, out);
            }
        }
        rows.clear();
        held = 0;
        if (runs.size() == MOST_RUNS) {
            List<Path> merged = List.copyOf(runs);
            runs.clear();
            try (Merge merge = new Merge(merged);
                    DataOutputStream out = newRun()) {
                for (Optional<Row> row = merge.next(); row.isPresent(); row = merge.next()) {
                    write(row.get(), out);
                }
            }
            delete(merged);
        }
    }

    private DataOutputStream newRun() throws IOException {
        Path run = folder.resolve("rows-" + written++);
        runs.add(run);
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), 1 << 16));
    }

    private void write(Row row, DataOutputStream out) throws IOException {
        onDisk += row.key.length + row.value.length + 2L * Integer.BYTES;
        if (onDisk > diskBytes) {
            throw new FullException();
        }
        out.writeInt(row.key.length);
        out.write(row.key);
        out.writeInt(row.value.length);
        out.write(row.value);
    }

    private void delete(List<Path> merged) throws IOException {
        for (Path run : merged) {
            onDisk -= Files.size(run);
            Files.delete(run);
        }
    }

    /** All rows in order; no more can be added. */
    Merge sorted() throws IOException {
        rows.sort(ORDER);
        return new Merge(runs);
    }

    @Override
    public void close() throws IOException {
        rows.clear();
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    /** One run, of which the first row that is left is known. */
    private static final class Run implements AutoCloseable {
        private final DataInputStream in;
        private final int number;
        private Row first = new Row(new byte[0], new byte[0]);
        private long left;

        private Run(Path file, int number) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            this.left = Files.size(file);
            this.number = number;
        }

        private boolean advance() throws IOException {
            if (left == 0) {
                return false;
            }
            byte[] key = in.readNBytes(in.readInt());
            byte[] value = in.readNBytes(in.readInt());
            left -= key.length + value.length + 2L * Integer.BYTES;
            first = new Row(key, value);
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Runs and what is still in memory, as one. */
    final class Merge implements AutoCloseable {
        private final List<Run> all = new ArrayList<>();
        private final PriorityQueue<Run> byFirst = new PriorityQueue<>(
                Comparator.comparing((Run run) -> run.first, ORDER).thenComparingInt(run -> run.number));
        private int inMemory;

        private Merge(List<Path> files) throws IOException {
            for (Path file : files) {
                Run run = new Run(file, all.size());
                all.add(run);
                if (run.advance()) {
                    byFirst.add(run);
                }
            }
        }

        /** The value of the next row; empty where there is none. */
        Optional<byte[]> nextValue() throws IOException {
            return next().map(row -> row.value);
        }

        private Optional<Row> next() throws IOException {
            Run run = byFirst.peek();
            boolean memory = inMemory < rows.size();
            // What is in memory came last, so it comes last among equals.
            if (memory && (run == null || ORDER.compare(rows.get(inMemory), run.first) < 0)) {
                return Optional.of(rows.get(inMemory++));
            }
            if (run == null) {
                return Optional.empty();
            }
            byFirst.remove();
            Row row = run.first;
            if (run.advance()) {
                byFirst.add(run);
            }
            return Optional.of(row);
        }

        @Override
        public void close() throws IOException {
            for (Run run : all) {
                run.close();
            }
        }
    }
}
