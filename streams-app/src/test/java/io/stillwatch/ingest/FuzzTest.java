package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.github.luben.zstd.Zstd;
import io.stillwatch.Fuzz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to valid input, every record ends accepted, rejected or skipped: no exception, no endless loop. */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class FuzzTest {
    private static final Fuzz.Tally TALLY = new Fuzz.Tally("log files");

    @AfterAll
    static void sayHowManyWereTried() {
        TALLY.tell();
    }

    private static final Path GOLDEN = Path.of("src/test/resources/ingest");

    @ParameterizedTest
    @EnumSource(InputFormat.class)
    void mutatedTextNeverEndsInAnythingElse(InputFormat format) throws IOException {
        Random random = new Random(format.id().length());
        List<byte[]> seeds = seeds(format);
        IngestLimits limits = new IngestLimits(20_000, 40_000);
        for (int run = 0; run < Fuzz.inputs(1.0 / InputFormat.values().length); run++) {
            byte[] mutated = Fuzz.mutated(seeds.get(random.nextInt(seeds.size())), random);
            // Given formats are read without looking for another.
            Optional<InputFormat> given = run % 4 == 0 ? Optional.empty() : Optional.of(format);
            assertThatCode(() -> read(mutated, given, limits))
                    .as("run %d of %s", run, format)
                    .doesNotThrowAnyException();
        }
    }

    static Stream<byte[]> containers() {
        byte[] lines = GeneratedInputs.lines(40);
        return Stream.of(
                GeneratedInputs.gzip(lines),
                Zstd.compress(lines),
                GeneratedInputs.otlp(20),
                GeneratedInputs.framed(GeneratedInputs.otlp(3), Zstd.compress(GeneratedInputs.otlp(3))),
                GeneratedInputs.avro(CodecFactory.nullCodec(), 40, 1_790_000_000_000L),
                GeneratedInputs.avro(CodecFactory.deflateCodec(6), 400, 1_790_000_000_000L),
                GeneratedInputs.avro(CodecFactory.snappyCodec(), 400, 1_790_000_000_000L),
                GeneratedInputs.avro(CodecFactory.zstandardCodec(3), 400, 1_790_000_000_000L));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void mutatedContainersNeverEndInAnythingElse(byte[] container) {
        Random random = new Random(container.length);
        for (int run = 0; run < Fuzz.inputs(1.0 / 70); run++) {
            byte[] mutated = Fuzz.mutated(container, random);
            assertThatCode(() -> read(mutated, Optional.empty(), new IngestLimits(1 << 20, 1 << 24)))
                    .as("run %d", run)
                    .doesNotThrowAnyException();
        }
    }

    private static void read(byte[] input, Optional<InputFormat> format, IngestLimits limits) {
        TALLY.add();
        try {
            Reading.all(input, format, limits).forEach(ingested -> {
                assertThat(ingested.at().record()).isPositive();
                checkTold(ingested);
            });
        } catch (IngestException e) {
            assertThat(e).message().contains(Reading.SOURCE).doesNotContain("\n", "\0");
        }
    }

    /** A record is told in a way that people can be shown and the pipeline can count. */
    static void checkTold(Ingested ingested) {
        if (ingested instanceof Ingested.Rejected rejected) {
            assertThat(rejected.cause()).isNotBlank().hasSizeLessThan(500).doesNotContain("\n", "\0");
        } else if (ingested instanceof Ingested.Accepted accepted) {
            assertThat(accepted.event().getEventId()).isNotBlank();
            assertThat(accepted.event().getAccountId()).isNotBlank();
        }
    }

    static List<byte[]> seeds(InputFormat format) throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN.resolve(format.id()))) {
            return files.filter(file -> file.toString().matches(".*\\.jsonl?"))
                    .sorted()
                    .flatMap(FuzzTest::wholeAndByLine)
                    .toList();
        }
    }

    private static Stream<byte[]> wholeAndByLine(Path file) {
        try {
            String text = Files.readString(file);
            return Stream.concat(Stream.of(text), text.lines())
                    .filter(part -> part.length() > 20)
                    .map(GeneratedInputs::utf8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
