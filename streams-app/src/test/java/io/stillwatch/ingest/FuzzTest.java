package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
    /** How many inputs are tried over all formats; {@code -Dstillwatch.fuzz=1000000} for a night. */
    private static final int INPUTS = Integer.getInteger("stillwatch.fuzz", 11_000);

    private static final AtomicLong TRIED = new AtomicLong();

    @AfterAll
    static void sayHowManyWereTried() {
        System.out.println("Fuzzing read " + TRIED.get() + " inputs.");
    }

    private static final Path GOLDEN = Path.of("src/test/resources/ingest");

    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\\",
            "\\u",
            "\\ud800",
            "\n",
            "\0",
            "null",
            "NaN",
            "-",
            "1e999",
            "0x",
            "{}",
            "[]",
            "\u202e",
            "\ufeff",
            "1790000000",
            "-1",
            "true",
            "9".repeat(30),
            "[".repeat(2_000),
            "\"\":");

    @ParameterizedTest
    @EnumSource(InputFormat.class)
    void mutatedTextNeverEndsInAnythingElse(InputFormat format) throws IOException {
        Random random = new Random(format.id().length());
        List<byte[]> seeds = seeds(format);
        IngestLimits limits = new IngestLimits(20_000, 40_000);
        for (int run = 0; run < INPUTS / InputFormat.values().length; run++) {
            byte[] mutated = mutated(seeds.get(random.nextInt(seeds.size())), random);
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
        for (int run = 0; run < INPUTS / 70; run++) {
            byte[] mutated = mutated(container, random);
            assertThatCode(() -> read(mutated, Optional.empty(), new IngestLimits(1 << 20, 1 << 24)))
                    .as("run %d", run)
                    .doesNotThrowAnyException();
        }
    }

    private static void read(byte[] input, Optional<InputFormat> format, IngestLimits limits) {
        TRIED.incrementAndGet();
        try {
            for (Ingested ingested : Reading.all(input, format, limits)) {
                assertThat(ingested.at().record()).isPositive();
                if (ingested instanceof Ingested.Rejected rejected) {
                    assertThat(rejected.cause())
                            .isNotBlank()
                            .hasSizeLessThan(500)
                            .doesNotContain("\n", "\0");
                } else if (ingested instanceof Ingested.Accepted accepted) {
                    assertThat(accepted.event().getEventId()).isNotBlank();
                    assertThat(accepted.event().getAccountId()).isNotBlank();
                }
            }
        } catch (IngestException e) {
            assertThat(e).message().contains(Reading.SOURCE).doesNotContain("\n", "\0");
        }
    }

    private static List<byte[]> seeds(InputFormat format) throws IOException {
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

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed;
        for (int mutation = random.nextInt(4); mutation >= 0; mutation--) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(bytes.length - at, random.nextInt(1 + random.nextInt(60)));
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] tail = Arrays.copyOfRange(bytes, at + length, bytes.length);
            bytes = switch (random.nextInt(5)) {
                case 0 -> GeneratedInputs.joined(head, tail);
                case 1 ->
                    GeneratedInputs.joined(
                            head,
                            GeneratedInputs.joined(
                                    GeneratedInputs.utf8(TOKENS.get(random.nextInt(TOKENS.size()))), tail));
                case 2 ->
                    GeneratedInputs.joined(
                            GeneratedInputs.joined(head, Arrays.copyOfRange(bytes, at, at + length)),
                            Arrays.copyOfRange(bytes, at, bytes.length));
                case 3 -> at < bytes.length ? flipped(bytes, at, random) : bytes;
                default -> random.nextInt(6) == 0 ? head : bytes;
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        byte[] flipped = bytes.clone();
        flipped[at] = (byte) random.nextInt(256);
        return flipped;
    }
}
