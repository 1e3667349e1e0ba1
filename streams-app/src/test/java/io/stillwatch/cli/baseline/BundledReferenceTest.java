package io.stillwatch.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.Main;
import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The baseline and the dictionary that ship are what these commands make. */
@Tag("slow")
class BundledReferenceTest {
    private static final Path SHIPPED = Path.of("src/main/resources/io/stillwatch/baseline");

    private final Streams streams = new Streams();

    @TempDir
    private Path directory;

    private void run(String... arguments) {
        assertThat(Main.run(Map.of(), Terminal.NONE, streams.out(), streams.err(), arguments))
                .as(streams.complained())
                .isZero();
    }

    private void isShipped(Path made) throws IOException {
        Path shipped = SHIPPED.resolve(made.getFileName());
        if (Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"))) {
            Files.copy(made, shipped, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(made).hasSameTextualContentAs(shipped);
    }

    @Test
    void theKitsAreTheSimulators() throws IOException {
        Path made = directory.resolve("dictionary.json");

        run("kits", "add", "all", "--simulate", "--dictionary", made.toString());

        isShipped(made);
    }

    @Test
    void theBaselineIsLearnedFromTheHonestPlan() throws IOException {
        Path made = directory.resolve("baseline.json");
        String kits = SHIPPED.resolve("dictionary.json").toString();

        run(
                "calibrate",
                "--simulate",
                "honest",
                "--keep-suspects",
                "--no-budget",
                "--id",
                "simulated",
                "--dictionary",
                kits,
                "--output",
                made.toString());

        isShipped(made);
    }
}
