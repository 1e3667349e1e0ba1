package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.schema.RequestEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** No sentence of the public corpora that tests may read is to be found in what the simulator writes. */
class NoCopiedTextTest {
    private static final Path CORPORA = Path.of("..", "..", "shared", "data", "prompts");
    private static final int WORDS = 10;

    @Test
    void tenWordsInARowOfACorpusNeverAppearInSimulatedPrompts() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPORA), "the public corpora are not beside the repository");
        LongStream.Builder read = LongStream.builder();
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.list(CORPORA)) {
            for (Path file : files.sorted().toList()) {
                try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        JsonNode item = json.readTree(line);
                        runs(item.path("prompt").asText(), (run, hash) -> read.add(hash));
                        runs(item.path("system").asText(), (run, hash) -> read.add(hash));
                    }
                }
            }
        }
        long[] known = read.build().sorted().toArray();
        assertThat(known).hasSizeGreaterThan(100_000);

        Set<String> copied = new TreeSet<>();
        for (Iterator<RequestEvent> events = new Simulator(OneOfEach.PLAN).events(); events.hasNext(); ) {
            RequestEvent event = events.next();
            String system = event.getSystem() == null ? "" : event.getSystem();
            for (String text : new String[] {event.getPrompt(), system}) {
                runs(text, (run, hash) -> {
                    if (Arrays.binarySearch(known, hash) >= 0) {
                        copied.add(run.get());
                    }
                });
            }
        }
        // Chains of true, false, and, or are formulas rather than sentences.
        copied.removeIf(text -> text.toLowerCase(Locale.ROOT).matches("((true|false|and|or|not|is)[ ()]*)+"));
        assertThat(copied).isEmpty();
    }

    /** Gives every ten words in a row, as a hash and as text, with case and punctuation left out. */
    private static void runs(String text, ObjLongConsumer<Supplier<String>> found) {
        int[] begins = new int[WORDS];
        long[] hashes = new long[WORDS];
        int words = 0;
        int at = 0;
        while (at < text.length()) {
            long hash = 17;
            int begin = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                hash = hash * 31 + Character.toLowerCase(text.charAt(at));
                at++;
            }
            if (at > begin) {
                begins[words % WORDS] = begin;
                hashes[words % WORDS] = hash;
                words++;
                if (words >= WORDS) {
                    long run = 1;
                    for (int i = 0; i < WORDS; i++) {
                        run = (run ^ hashes[(words + i) % WORDS]) * 0x9E3779B97F4A7C15L;
                        run ^= run >>> 29;
                    }
                    int from = begins[words % WORDS];
                    int to = at;
                    found.accept(() -> text.substring(from, to), run);
                }
            }
            at++;
        }
    }
}
