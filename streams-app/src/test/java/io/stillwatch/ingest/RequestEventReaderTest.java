package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestEventReaderTest {
    private static final byte[] LINES = GeneratedInputs.lines(60);
    private static final List<RequestEvent> EVENTS = Reading.events(Reading.all(LINES));

    @TempDir
    Path temporary;

    @Test
    void compressionIsToldByTheFirstBytesWhateverTheName() throws IOException {
        for (byte[] content : List.of(LINES, GeneratedInputs.gzip(LINES), Zstd.compress(LINES))) {
            Path file = Files.write(temporary.resolve("misleading.zst.gz.jsonl"), content);

            try (RequestEventReader reader = RequestEventReader.open(file, Optional.empty(), IngestLimits.DEFAULT)) {
                assertThat(Reading.events(Reading.all(reader))).isEqualTo(EVENTS);
                assertThat(reader.bytesTotal()).isEqualTo(OptionalLong.of(content.length));
                assertThat(reader.bytesRead()).isEqualTo(content.length);
            }
        }
    }

    @Test
    void filesOfManyGzipMembersOrZstdFramesAreReadToTheirEnd() {
        byte[] head = Arrays.copyOf(LINES, LINES.length / 2);
        byte[] tail = Arrays.copyOfRange(LINES, LINES.length / 2, LINES.length);
        byte[] gzip = GeneratedInputs.joined(
                GeneratedInputs.gzip(head),
                GeneratedInputs.joined(GeneratedInputs.gzip(new byte[0]), GeneratedInputs.gzip(tail)));
        byte[] zstd = GeneratedInputs.joined(Zstd.compress(head), Zstd.compress(tail));

        assertThat(Reading.events(Reading.all(gzip))).isEqualTo(EVENTS);
        assertThat(Reading.events(Reading.all(zstd))).isEqualTo(EVENTS);
    }

    @Test
    void zeroPaddingAfterAGzipFileIsNoDamage() {
        byte[] padded = Arrays.copyOf(GeneratedInputs.gzip(LINES), 100_000);

        assertThat(Reading.tally(Reading.all(padded)).exitCode()).isZero();
    }

    @Test
    void aPipeThatDeliversByteByByteLosesNothing() {
        byte[] gzip = GeneratedInputs.joined(GeneratedInputs.gzip(LINES), GeneratedInputs.gzip(LINES));
        for (byte[] content : List.of(LINES, gzip, Zstd.compress(LINES))) {
            InputStream slow = new FilterInputStream(new ByteArrayInputStream(content)) {
                @Override
                public int read(byte[] target, int from, int length) throws IOException {
                    return super.read(target, from, Math.min(1, length));
                }

                @Override
                public int available() {
                    return 0;
                }
            };

            try (RequestEventReader reader =
                    RequestEventReader.open(slow, "pipe", Optional.empty(), IngestLimits.DEFAULT)) {
                int wanted = content == gzip ? 2 * EVENTS.size() : EVENTS.size();
                assertThat(Reading.events(Reading.all(reader))).hasSize(wanted);
            }
        }
    }

    @Test
    void aTruncatedGzipIsReportedOnceAndEverythingBeforeItIsRead() {
        assertCutsAreReportedOnce(GeneratedInputs.gzip(LINES), 3);
    }

    @Test
    void aTruncatedZstdIsReportedOnceAndEverythingBeforeItIsRead() throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try (ZstdOutputStream blocks = new ZstdOutputStream(frame)) {
            for (int from = 0; from < LINES.length; from += 500) {
                blocks.write(LINES, from, Math.min(500, LINES.length - from));
                blocks.flush();
            }
        }

        assertCutsAreReportedOnce(frame.toByteArray(), 4);
    }

    private static void assertCutsAreReportedOnce(byte[] whole, int fromLength) {
        int before = 0;
        for (int length = fromLength; length < whole.length; length++) {
            List<Ingested> read = Reading.all(Arrays.copyOf(whole, length));
            List<RequestEvent> events = Reading.events(read);

            assertThat(Reading.rejected(read)).as("cut to %d bytes", length).hasSize(1);
            assertThat(read.get(read.size() - 1)).isInstanceOf(Ingested.Rejected.class);
            assertThat(events).isEqualTo(EVENTS.subList(0, events.size()));
            assertThat(events.size()).isGreaterThanOrEqualTo(before);
            before = events.size();
        }
        assertThat(before).isPositive();
    }

    @Test
    void aTruncatedTextLosesNoMoreThanItsLastLine() {
        for (int length = 40; length < LINES.length; length += 7) {
            List<Ingested> read = Reading.all(Arrays.copyOf(LINES, length));
            int lines = (int)
                    new String(LINES, 0, length, StandardCharsets.UTF_8).lines().count();

            assertThat(read).hasSize(lines);
            assertThat(Reading.events(read).size()).isBetween(lines - 1, lines);
        }
    }

    @Test
    void positionsCountLinesAsAnEditorDoesAndItemsWithinThem() {
        String line = GeneratedInputs.line("a", "b");

        List<Ingested> read = Reading.all("\n" + line + "\n\n  [" + line + ",\n" + line + "]\nnonsense\n");

        assertThat(read)
                .extracting(ingested -> ingested.at().toString())
                .containsExactly("input line 2", "input line 4 item 1", "input line 5 item 2", "input line 6");
    }

    @Test
    void aMillionEmptyArraysAreNoTrouble() {
        assertThat(Reading.all("[]".repeat(1_000_000) + GeneratedInputs.line("a", "b")))
                .hasSize(1);
    }

    @Test
    void anObjectSpreadOverManyLinesIsReadIfItsBraceStandsAloneFirst() {
        String spread = GeneratedInputs.line("a", "b").replace(",", ",\n  ").replace("{", "{\n");

        List<Ingested> read = Reading.all(spread + "\n" + GeneratedInputs.line("c", "d"));

        assertThat(Reading.events(read)).extracting(RequestEvent::getAccountId).containsExactly("a", "c");
    }

    @Test
    void aRecordBeyondTheLimitIsToldByItsHeadItsLengthAndItsHash() throws Exception {
        byte[] tooLong = GeneratedInputs.utf8(GeneratedInputs.line("a", "p".repeat(3_000_000)));
        IngestLimits limits = new IngestLimits(2_000_000, 2_000_000);

        List<Ingested> read = Reading.all(
                GeneratedInputs.joined(tooLong, GeneratedInputs.utf8("\n" + GeneratedInputs.line("b", "short"))),
                Optional.of(InputFormat.STILLWATCH),
                limits);

        OriginalBytes original = Reading.rejected(read).get(0).original();
        assertThat(original.length()).isEqualTo(tooLong.length);
        assertThat(original.complete()).isFalse();
        assertThat(original.bytes()).isEqualTo(Arrays.copyOf(tooLong, OriginalBytes.KEPT_BYTES));
        assertThat(original.sha256())
                .contains(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(tooLong)));
        assertThat(Reading.events(read)).hasSize(1);
    }

    @Test
    void aGivenFormatOverridesWhatTheContentTells() {
        List<Ingested> read = Reading.all(LINES, Optional.of(InputFormat.LITELLM), IngestLimits.DEFAULT);

        assertThat(Reading.rejected(read))
                .hasSize(EVENTS.size())
                .allSatisfy(rejected -> assertThat(rejected.cause()).isEqualTo("startTime is missing"));
    }

    @Test
    void theSameContentGivesTheSameEventIds() {
        assertThat(Reading.events(Reading.all(LINES)))
                .extracting(RequestEvent::getEventId)
                .isEqualTo(EVENTS.stream().map(RequestEvent::getEventId).toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void aDeviceThatFailsHalfwayIsAFailureAndNotAnEnd() {
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(LINES), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cable\nunplugged");
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                return read();
            }
        });

        try (RequestEventReader reader =
                RequestEventReader.open(failing, "tape", Optional.empty(), IngestLimits.DEFAULT)) {
            assertThatThrownBy(() -> Reading.all(reader))
                    .isInstanceOf(IngestException.class)
                    .hasMessage("tape cannot be read: cable\\u000aunplugged.");
        }
    }

    @Test
    void aDashMeansStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(LINES));
        try (RequestEventReader reader = RequestEventReader.open("-", Optional.empty(), IngestLimits.DEFAULT)) {
            assertThat(reader.next().at()).hasToString("standard input line 1");
            assertThat(reader.bytesTotal()).isEmpty();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aNameThatCannotBeOneIsAnError() {
        assertThatThrownBy(() -> RequestEventReader.open("a\0b", Optional.empty(), IngestLimits.DEFAULT))
                .isInstanceOf(IngestException.class)
                .hasMessage("'a\\u0000b' is no file name.");
    }

    @Test
    void closingTheReaderClosesTheStreamAndSoDoesFailingToOpen() {
        for (byte[] content : List.of(LINES, GeneratedInputs.utf8("nonsense"))) {
            AtomicBoolean closed = new AtomicBoolean();
            InputStream in = new FilterInputStream(new ByteArrayInputStream(content)) {
                @Override
                public void close() {
                    closed.set(true);
                }
            };

            try (RequestEventReader reader = RequestEventReader.open(in, "x", Optional.empty(), IngestLimits.DEFAULT)) {
                assertThat(reader.hasNext()).isTrue();
            } catch (IngestException e) {
                assertThat(e).hasMessageContaining("no format");
            }

            assertThat(closed).isTrue();
        }
    }

    @Test
    void readingPastTheEndIsAnErrorOfTheCaller() {
        try (RequestEventReader reader = RequestEventReader.open(
                new ByteArrayInputStream(new byte[0]), "x", Optional.empty(), IngestLimits.DEFAULT)) {
            assertThat(reader.hasNext()).isFalse();
            assertThat(reader.format()).isEmpty();
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void limitsOutOfOrderAreRefused() {
        assertThatThrownBy(() -> new IngestLimits(2_000, 1_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IngestLimits(0, 1_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spansInProtobufAreReadAloneOneAfterAnotherAndWithTheirLengthsBeforeThem() {
        byte[] three = GeneratedInputs.otlp(3);

        for (byte[] input : List.of(
                three,
                GeneratedInputs.gzip(three),
                GeneratedInputs.framed(three),
                GeneratedInputs.framed(com.github.luben.zstd.Zstd.compress(three)))) {
            List<Ingested> read = Reading.all(input);
            assertThat(Reading.events(read)).hasSize(3).allSatisfy(event -> {
                assertThat(event.getAccountId()).isEqualTo("acct-1");
                assertThat(event.getPrompt()).startsWith("Why ");
            });
            assertThat(Reading.rejected(read)).isEmpty();
        }
        assertThat(Reading.rejected(Reading.all(java.util.Arrays.copyOf(three, three.length - 5))))
                .hasSize(1);
    }

    @Test
    void anArrayThatALineOpensAndDoesNotCloseTakesNoOtherLineWithIt() {
        String before = GeneratedInputs.line("before", "a");
        String after = GeneratedInputs.line("after", "b");

        List<Ingested> read = Reading.all(before + "\n  " + "[".repeat(2_000) + " \n" + after + "\n");

        assertThat(Reading.events(read)).extracting(RequestEvent::getAccountId).containsExactly("before", "after");
        assertThat(Reading.rejected(read)).isNotEmpty();
    }

    @Test
    void aBatchInWhichNothingIsKnownIsToldAndAnEmptyOneIsNot() {
        String unknown = "{\"resourceSpans\":[{\"resource\":{},\"newSpans\":[{\"spans\":[{\"name\":\"chat\"}]}]}]}";
        String empty = "{\"resourceLogs\":[{\"resource\":{},\"scopeLogs\":[]}]}";

        assertThat(Reading.all(unknown))
                .singleElement()
                .isInstanceOfSatisfying(
                        Ingested.Skipped.class,
                        skipped -> assertThat(skipped.why())
                                .isEqualTo("a batch in which nothing is known as a span or a log record"));
        assertThat(Reading.all(empty)).isEmpty();
    }

    @Test
    void aProtobufBatchInWhichNothingIsKnownIsTold() {
        byte[] unknown = {0x0a, 0x04, 0x52, 0x02, 0x08, 0x01};
        byte[] empty = {0x0a, 0x02, 0x0a, 0x00};
        PayloadReader reader = new PayloadReader(IngestOptions.DEFAULT);

        assertThat(reader.readProtobuf(unknown, Position.request("/v1/traces", 1)))
                .singleElement()
                .isInstanceOf(Ingested.Skipped.class);
        assertThat(reader.readProtobuf(empty, Position.request("/v1/traces", 2)))
                .isEmpty();
    }
}
