package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A join that is stopped after any piece and put back from its journal goes on as if nothing had happened. */
class PieceJournalTest {
    private static final Path FOLDER = Path.of("../../shared/cases/otel");

    static Stream<String> files() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return Stream.of("absent");
        }
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl") || name.endsWith(".binpb"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Keeps what it is told as bytes, as a topic would. */
    private static final class Kept implements PieceJournal {
        private final TreeMap<Long, byte[]> held = new TreeMap<>();
        private final TreeMap<Long, Long> since = new TreeMap<>();
        private final TreeMap<Long, String> finished = new TreeMap<>();
        private final TreeMap<String, Times> times = new TreeMap<>();

        @Override
        public void held(Held piece) {
            held.put(piece.number(), PieceCodec.encode(piece.piece()));
            since.put(piece.number(), piece.sinceMs());
        }

        @Override
        public void letGo(long number) {
            held.remove(number);
        }

        @Override
        public void finished(long number, String eventId) {
            finished.put(number, eventId);
        }

        @Override
        public void forgotten(long number) {
            finished.remove(number);
        }

        @Override
        public void times(String source, Times now) {
            times.put(source, now);
        }

        @Override
        public void rests(String source) {
            times.remove(source);
        }

        PieceJoin join() {
            PieceJoin join = PieceJoin.ofSources(AccountChoice.BY_FORMAT, PieceJoin.WAIT, 1 << 20, this);
            List<Held> pieces = new ArrayList<>();
            PieceCodec codec = new PieceCodec(IngestOptions.DEFAULT);
            held.forEach((number, bytes) -> pieces.add(new Held(number, codec.decode(bytes), since.get(number))));
            join.restore(pieces, finished, times);
            return join;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRestartAfterAnyPieceChangesNothing(String file) throws IOException {
        assumeThat(FOLDER).as("the captured exports").isDirectory();
        List<Piece> pieces = pieces(file);
        Collections.shuffle(pieces, new Random(file.hashCode()));

        List<String> whole = run(pieces, false);
        List<String> restarted = run(pieces, true);

        assertThat(restarted).isEqualTo(whole);
    }

    private static List<String> run(List<Piece> pieces, boolean restarting) {
        Kept kept = new Kept();
        PieceJoin join = kept.join();
        List<String> told = new ArrayList<>();
        for (Piece piece : pieces) {
            // What is read from bytes is what is joined, as over a topic.
            Piece read = new PieceCodec(IngestOptions.DEFAULT).decode(PieceCodec.encode(piece));
            join.take(read).forEach(one -> told.add(say(one)));
            join = restarting ? kept.join() : join;
        }
        join.finish().forEach(one -> told.add(say(one)));
        assertThat(kept.held).isEmpty();
        return told;
    }

    private static String say(Ingested one) {
        if (one instanceof Ingested.Accepted accepted) {
            RequestEvent event = accepted.event();
            return accepted.at() + " " + event;
        }
        if (one instanceof Ingested.Rejected rejected) {
            return rejected.at() + " " + rejected.cause() + " "
                    + new String(rejected.original().bytes(), StandardCharsets.UTF_8);
        }
        return one.toString();
    }

    private static List<Piece> pieces(String file) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        byte[] content = Files.readAllBytes(FOLDER.resolve(file));
        for (Ingested one :
                new PayloadReader(IngestOptions.DEFAULT).readWhole(content, Position.offset("otlp", 0, 7))) {
            if (one instanceof Ingested.Part part) {
                pieces.add(part.piece());
            }
        }
        assertThat(pieces).isNotEmpty();
        return pieces;
    }
}
