package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of kilobytes that stand for gigabytes. */
class BombsTest {
    private static final String EVENT =
            "{\"event_time\":\"2026-11-02T09:30:00Z\",\"account_id\":\"a-%d\",\"prompt\":\"How do tides work?\"}\n";
    /** More than any packed data may come to. */
    private static final long LARGE = BoundedExpansion.FREE + (16 << 20);

    /** Packs the first record, then the same bytes over and over. */
    private static byte[] bomb(String packing, byte[] repeated, long bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out =
                packing.equals("gzip") ? new GZIPOutputStream(packed, 1 << 16) : new ZstdOutputStream(packed)) {
            out.write(EVENT.formatted(1).getBytes(StandardCharsets.UTF_8));
            for (long written = 0; written < bytes; written += repeated.length) {
                out.write(repeated);
            }
        }
        return packed.toByteArray();
    }

    private static List<Ingested> read(byte[] packed) {
        List<Ingested> read = new ArrayList<>();
        try (RequestEventReader reader =
                RequestEventReader.open(new ByteArrayInputStream(packed), "bomb", IngestOptions.DEFAULT)) {
            reader.forEachRemaining(read::add);
        }
        return read;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void emptyLinesWithoutEndAreReadNoFurtherThanALogCouldGo(String packing) throws IOException {
        List<Ingested> read = read(bomb(packing, "\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8), LARGE));

        assertThat(read.get(0)).isInstanceOf(Ingested.Accepted.class);
        assertThat(read)
                .last()
                .isInstanceOfSatisfying(
                        Ingested.Rejected.class,
                        rejected -> assertThat(rejected.cause()).contains("comes to more than 500 times its length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void aLineWithoutEndIsNotHeld(String packing) throws IOException {
        List<Ingested> read = read(bomb(packing, "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8), LARGE));

        assertThat(read.get(0)).isInstanceOf(Ingested.Accepted.class);
        assertThat(read).last().isInstanceOf(Ingested.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void aLogOfManyAlikeRequestsIsReadToItsEnd(String packing) throws IOException {
        StringBuilder lines = new StringBuilder();
        Random random = new Random(1);
        for (int line = 0; line < 20_000; line++) {
            lines.append(EVENT.formatted(random.nextInt(10)));
        }
        byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing.equals("gzip") ? new GZIPOutputStream(packed) : new ZstdOutputStream(packed)) {
            out.write(text);
        }

        assertThat(read(packed.toByteArray())).hasSize(20_000).allMatch(Ingested.Accepted.class::isInstance);
    }
}
