package io.stillwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No class is longer than one can keep in mind, but for those of which it is said why. */
class SourceLengthTest {
    private static final int MOST_LINES = 400;
    private static final Path SOURCES = Path.of("src/main/java/io/stillwatch");

    /** Files that are longer, and the reason. */
    private static final Map<String, String> LONGER = Map.of(
            "ingest/SpanCall.java", "one table of what libraries call a span's attributes, read from top to bottom",
            "simulate/PlanReader.java",
                    "one method a key of a plan, each with the sentence that says what is wrong with it",
            "alert/ocsf/OcsfDetectionFinding.java",
                    "one method an object of the OCSF class, in the order of its schema",
            "profile/Profile.java",
                    "the monoid: add, merge and write go through the same parts, side by side to be compared",
            "account/AccountCourse.java", "the order in which things are done for an account is what it says",
            "account/PaneTimeline.java", "where a pane lies is one rule, which all its methods keep together",
            "topology/account/ProfileProcessor.java",
                    "the moments of an account's course and of what people change, for one task",
            "topology/state/AccountStore.java",
                    "one key-value store: Streams' interface, the cache and the commit hook",
            "topology/campaign/CampaignProcessor.java", "one look at all groups, from their forming to their alert",
            "cli/evaluate/EvaluateCommand.java", "options with their descriptions, and which of them go together");

    private static Map<String, Long> longer() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> SOURCES.relativize(file).toString().replace('\\', '/'),
                            SourceLengthTest::lines,
                            Math::max,
                            TreeMap::new))
                    .entrySet()
                    .stream()
                    .filter(file -> file.getValue() > MOST_LINES)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClassOfMoreThanFourHundredLinesHasAReason() throws IOException {
        assertThat(longer().keySet()).isSubsetOf(LONGER.keySet());
    }
}
