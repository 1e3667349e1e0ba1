package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What comes in live: values of foreign topics, bodies of HTTP requests, rows of a query, and the pieces of requests that are
 * kept between. Whatever was done to them, nothing breaks, and nothing is lost uncounted.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class PayloadFuzzTest {
    private static final Fuzz.Tally TALLY = new Fuzz.Tally("payloads, pieces and mappings");
    private static final Position AT = Position.offset("topic", 0, 7);
    private static final IngestLimits LIMITS = new IngestLimits(200_000, 400_000);

    private static final List<String> FIELDS = List.of(
            "account_id=$.account_id",
            "event_time=$.event_time",
            "prompt=$.prompt",
            "messages=$.request.messages",
            "request=$.request",
            "response=$['response']",
            "links.client=$.user_agent",
            "attributes.a=$.list[-1]",
            "max_tokens=$.request.max_tokens",
            "model=m-1");

    private static List<byte[]> seeds = List.of();

    @BeforeAll
    static void gatherSeeds() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (InputFormat format : InputFormat.values()) {
            all.addAll(FuzzTest.seeds(format));
        }
        List<byte[]> lines = all.stream().filter(seed -> seed.length < 2_000).toList();
        List<UnaryOperator<String>> envelopes = List.copyOf(EnvelopesTest.ENVELOPES.values());
        for (int number = 0; number < lines.size(); number++) {
            String line = new String(lines.get(number), StandardCharsets.UTF_8).strip();
            if (line.startsWith("{") && !line.contains("\n")) {
                all.add(GeneratedInputs.utf8(
                        envelopes.get(number % envelopes.size()).apply(line)));
                all.add(GeneratedInputs.utf8(
                        "2026-11-02T09:30:00.1Z stdout " + (number % 3 == 0 ? "P " : "F ") + line));
                all.add(GeneratedInputs.utf8("data: " + line + "\n\ndata: [DONE]\n"));
                all.add(GeneratedInputs.utf8("<13>1 2026-11-02T09:30:00Z host gateway - - - " + line));
                all.add(GeneratedInputs.utf8("[" + line + "," + line + "]"));
                all.add(GeneratedInputs.utf8("\u001e" + line + "\n\u001e" + line + "\n"));
            }
        }
        for (int spans = 1; spans < 6; spans++) {
            all.add(GeneratedInputs.otlp(spans));
        }
        seeds = all;
    }

    @AfterAll
    static void sayHowManyWereTried() {
        TALLY.tell();
    }

    private static List<Ingested> read(byte[] payload, IngestOptions options, Random random) {
        TALLY.add();
        PayloadReader reader = new PayloadReader(options);
        List<Ingested> told =
                random.nextInt(20) == 0 ? reader.readProtobuf(payload, AT) : reader.readWhole(payload, AT);
        told.forEach(FuzzTest::checkTold);
        return told;
    }

    private static IngestOptions options(Random random) {
        IngestOptions options = IngestOptions.DEFAULT.withLimits(LIMITS);
        options = random.nextBoolean() ? options.withZone(ZoneOffset.UTC) : options;
        options = random.nextInt(4) == 0 ? options.withAccount(AccountChoice.of("user.id,account_id")) : options;
        InputFormat[] formats = InputFormat.values();
        return random.nextInt(3) == 0
                ? options.withFormat(Optional.of(formats[random.nextInt(formats.length)]))
                : options;
    }

    private static byte[] seed(Random random) {
        return seeds.get(random.nextInt(seeds.size()));
    }

    @Test
    void everyPayloadIsToldAndEveryPieceOfItIsARequestOrACountedLoss() {
        Random random = new Random(1);
        for (int run = 0; run < Fuzz.inputs(0.3); run++) {
            IngestOptions options = options(random);
            byte[] payload = Fuzz.mutated(seed(random), random);

            List<Ingested> told = read(payload, options, random);

            String text = new String(payload, StandardCharsets.ISO_8859_1);
            if (!holdsNothing(text)) {
                assertThat(told).as("run %d: %s", run, text).isNotEmpty();
            }
            checkPieces(pieces(told), options, "run " + run);
        }
    }

    /** Nothing but what parts records, an empty part of a line, or a batch of telemetry without any. */
    private static boolean holdsNothing(String text) {
        boolean batch = text.contains("resource") && !text.contains("attributes\"") && !text.contains("Id\"");
        return batch || text.matches("\\S{10,40} std(out|err) P(:\\S*)? \\s*") || text.matches("[\\s,\\u001e\\[\\]]*");
    }

    private static List<Piece> pieces(List<Ingested> told) {
        return told.stream()
                .filter(Ingested.Part.class::isInstance)
                .map(part -> ((Ingested.Part) part).piece())
                .toList();
    }

    /** Pieces come to the same whether they were kept in between or not, and each span tells of itself once. */
    private static void checkPieces(List<Piece> pieces, IngestOptions options, String run) {
        PieceCodec codec = new PieceCodec(options);
        List<Piece> kept = new ArrayList<>();
        for (Piece piece : pieces) {
            byte[] encoded = PieceCodec.encode(piece);
            Piece decoded = codec.decode(encoded);
            assertThat(PieceCodec.encode(decoded)).as(run).isEqualTo(encoded);
            kept.add(decoded);
        }
        List<Ingested> joined = joined(pieces, options);
        joined.forEach(FuzzTest::checkTold);
        assertThat(joined(kept, options).stream().map(PayloadFuzzTest::told))
                .as(run)
                .containsExactlyElementsOf(
                        joined.stream().map(PayloadFuzzTest::told).toList());
        long spans = pieces.stream().filter(SpanPiece.class::isInstance).count();
        boolean spansOnly = spans == pieces.size();
        assertThat((long) joined.size()).as(run + ": %s", pieces).isGreaterThanOrEqualTo(spans);
        if (spansOnly) {
            assertThat((long) joined.size()).as(run).isEqualTo(spans);
        }
        Set<String> groups = new HashSet<>();
        pieces.forEach(piece -> groups.add(piece.group()));
        assertThat(joined.isEmpty()).as(run).isEqualTo(groups.isEmpty());
    }

    /** All of a request; of what is none its place only, as a sentence about half a character changes on its way. */
    private static String told(Ingested ingested) {
        return ingested instanceof Ingested.Accepted
                ? Reading.render(ingested)
                : ingested.getClass().getSimpleName() + " at " + ingested.at();
    }

    private static List<Ingested> joined(List<Piece> pieces, IngestOptions options) {
        PieceJoin join = new PieceJoin(options.account(), PieceJoin.WAIT, 1 << 20);
        List<Ingested> told = new ArrayList<>();
        pieces.forEach(piece -> told.addAll(join.take(piece)));
        told.addAll(join.finish());
        assertThat(join.isEmpty()).isTrue();
        return told;
    }

    @Test
    void aBrokenRecordNeverTakesItsNeighboursWithIt() {
        Random random = new Random(2);
        for (int run = 0; run < Fuzz.inputs(0.2); run++) {
            String broken = new String(Fuzz.mutated(seed(random), random), StandardCharsets.ISO_8859_1)
                    .replaceAll("[\\r\\n]", " ");
            byte[] log = joined(
                    GeneratedInputs.utf8(GeneratedInputs.line("neighbour-before", "a") + "\n"),
                    broken.getBytes(StandardCharsets.ISO_8859_1),
                    GeneratedInputs.utf8("\n" + GeneratedInputs.line("neighbour-after", "b") + "\n"));

            TALLY.add();
            List<Ingested> told = Reading.all(log, Optional.empty(), LIMITS);

            assertThat(Reading.events(told).stream()
                            .map(event -> event.getAccountId().toString())
                            .filter(account -> account.startsWith("neighbour-")))
                    .as("run %d: %s", run, broken)
                    .contains("neighbour-before", "neighbour-after");
            if (!holdsNothing(broken)) {
                assertThat(told).as("run %d: %s", run, broken).hasSizeGreaterThan(2);
            }
        }
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            all = GeneratedInputs.joined(all, part);
        }
        return all;
    }

    @Test
    void whatIsNoPieceIsRefusedInASentenceAndWhatIsOneCanBeJoined() {
        Random random = new Random(3);
        List<byte[]> encoded = new ArrayList<>();
        for (byte[] seed : seeds) {
            IngestOptions options = IngestOptions.DEFAULT.withZone(ZoneOffset.UTC);
            pieces(new PayloadReader(options).readWhole(seed, AT))
                    .forEach(piece -> encoded.add(PieceCodec.encode(piece)));
        }
        PieceCodec codec = new PieceCodec(IngestOptions.DEFAULT);
        for (int run = 0; run < Fuzz.inputs(0.2); run++) {
            byte[] bytes = Fuzz.mutated(encoded.get(random.nextInt(encoded.size())), random);
            TALLY.add();
            try {
                List<Ingested> told = joined(List.of(codec.decode(bytes)), IngestOptions.DEFAULT);
                assertThat(told).as("run %d", run).isNotEmpty().allSatisfy(FuzzTest::checkTold);
            } catch (IllegalArgumentException e) {
                assertThat(e).as("run %d", run).isExactlyInstanceOf(IllegalArgumentException.class);
                assertThat(e).message().startsWith("The record is no piece of a request: ");
            }
        }
    }

    @Test
    void aRowThatIsNoneIsRefusedWhereItIsRead() {
        String at = "{\"at\":[\"t\",\"OFFSET\",1,0],\"row\":{\"tables\":\"batch\",\"group\":\"g\",";
        PieceCodec codec = new PieceCodec(IngestOptions.DEFAULT);

        for (String rest :
                List.of("\"role\":1}}", "\"role\":1,\"row\":5}}", "\"role\":7,\"row\":{}}}", "\"row\":{}}}")) {
            assertThatThrownBy(() -> codec.decode(GeneratedInputs.utf8(at + rest)))
                    .as(rest)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The record is no piece of a request: it ");
        }
    }

    @Test
    void aMappingReadsOrRefusesEachRecordAndIsRefusedItselfInASentence() {
        Random random = new Random(4);
        for (int run = 0; run < Fuzz.inputs(0.1); run++) {
            List<String> pairs = new ArrayList<>(FIELDS);
            if (random.nextInt(3) == 0) {
                int changed = random.nextInt(pairs.size());
                pairs.set(
                        changed,
                        new String(
                                Fuzz.mutated(GeneratedInputs.utf8(pairs.get(changed)), random),
                                StandardCharsets.UTF_8));
            }
            Optional<FieldMapping> mapping = mapping(pairs);
            byte[] payload = Fuzz.mutated(seed(random), random);
            mapping.ifPresent(given ->
                    read(payload, IngestOptions.DEFAULT.withLimits(LIMITS).withMapping(given), random));
        }
    }

    private static Optional<FieldMapping> mapping(List<String> pairs) {
        try {
            return Optional.of(FieldMapping.of(pairs));
        } catch (IllegalArgumentException e) {
            assertThat(e)
                    .as(() -> Arrays.toString(pairs.toArray()))
                    .isExactlyInstanceOf(IllegalArgumentException.class);
            assertThat(e).message().endsWith(".");
            return Optional.empty();
        }
    }
}
