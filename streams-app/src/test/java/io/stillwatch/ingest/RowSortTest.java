package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSortTest {
    @TempDir
    private Path folder;

    @Test
    void anyNumberOfRunsGiveOneStableOrderAndLeaveNothingBehind() throws IOException {
        Random random = new Random(5);
        List<int[]> expected = new ArrayList<>();
        List<int[]> found = new ArrayList<>();
        // About 200 runs of a hundred rows, so that runs are merged twice on the way.
        try (RowSort sort = new RowSort(folder, 8_000, 1 << 20)) {
            for (int number = 0; number < 20_000; number++) {
                int key = random.nextInt(300) - 150;
                expected.add(new int[] {key, number});
                sort.add(bytes(key, 0), bytes(key, number));
            }
            try (RowSort.Merge merge = sort.sorted()) {
                for (Optional<byte[]> row = merge.nextValue(); row.isPresent(); row = merge.nextValue()) {
                    ByteBuffer value = ByteBuffer.wrap(row.get());
                    found.add(new int[] {value.getInt(), value.getInt()});
                }
            }
        }
        // Unsigned: negative keys come last.
        expected.sort(Comparator.comparing(row -> Integer.toUnsignedLong(row[0])));
        assertThat(found).containsExactlyElementsOf(expected);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static byte[] bytes(int first, int second) {
        return ByteBuffer.allocate(8).putInt(first).putInt(second).array();
    }
}
