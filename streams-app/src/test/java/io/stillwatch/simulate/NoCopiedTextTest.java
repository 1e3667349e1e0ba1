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
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
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
        Set<Long> known = new HashSet<>();
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.list(CORPORA)) {
            for (Path file : files.sorted().toList()) {
                try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        JsonNode item = json.readTree(line);
                        runs(item.path("prompt").asText(), (hash, text) -> known.add(hash));
                        runs(item.path("system").asText(), (hash, text) -> known.add(hash));
                    }
                }
            }
        }
        assertThat(known).hasSizeGreaterThan(100_000);

        Set<String> copied = new TreeSet<>();
        for (Iterator<RequestEvent> events = new Simulator(SimulationPlan.preset("demo")).events();
                events.hasNext(); ) {
            RequestEvent event = events.next();
            String system = event.getSystem() == null ? "" : event.getSystem();
            runs(event.getPrompt(), (hash, text) -> {
                if (known.contains(hash)) {
                    copied.add(text);
                }
            });
            runs(system, (hash, text) -> {
                if (known.contains(hash)) {
                    copied.add(text);
                }
            });
        }
        // Chains of true, false, and, or are formulas rather than sentences.
        copied.removeIf(text -> text.matches("((true|false|and|or|not|is) ?)+"));
        assertThat(copied).isEmpty();
    }

    private static void runs(String text, BiConsumer<Long, String> found) {
        String[] words = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} ]", " ")
                .strip()
                .split("\\s+", -1);
        for (int i = 0; i + WORDS <= words.length; i++) {
            long hash = 1469598103934665603L;
            for (int j = i; j < i + WORDS; j++) {
                hash = (hash ^ words[j].hashCode()) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            int from = i;
            found.accept(hash, String.join(" ", java.util.Arrays.copyOfRange(words, from, from + WORDS)));
        }
    }
}
