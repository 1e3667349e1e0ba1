package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.Fuzz;
import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.decision.PolicyException;
import io.stillwatch.decision.PolicyReader;
import io.stillwatch.evaluate.Floors;
import io.stillwatch.evaluate.FloorsException;
import io.stillwatch.simulate.PlanException;
import io.stillwatch.simulate.PlanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that people write by hand, or get from others: each is read, or refused in a sentence. */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class DocumentFuzzTest {
    private static final Fuzz.Tally TALLY = new Fuzz.Tally("signatures, policies, plans, floors and baselines");
    private static final Path RESOURCES = Path.of("src/main/resources/io/stillwatch");

    private interface Reader {
        void read(String text);
    }

    @AfterAll
    static void sayHowManyWereTried() {
        TALLY.tell();
    }

    private static void readOrRefused(
            Reader reader, Class<? extends RuntimeException> refusal, List<byte[]> seeds, int runs) {
        Random random = new Random(refusal.getName().length());
        for (int run = 0; run < runs; run++) {
            String text =
                    new String(Fuzz.mutated(seeds.get(random.nextInt(seeds.size())), random), StandardCharsets.UTF_8);
            TALLY.add();
            try {
                reader.read(text);
            } catch (RuntimeException | StackOverflowError e) {
                assertThat(e).as("run %d:\n%s", run, text).isInstanceOf(refusal);
                assertThat(e).message().isNotBlank().doesNotContain("\0");
            }
        }
    }

    private static List<byte[]> files(Path folder) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    @Test
    void aSignature() throws IOException {
        readOrRefused(
                text -> SignatureReader.read("s.yaml", text),
                SignatureException.class,
                files(RESOURCES.resolve("signature/library")),
                Fuzz.inputs(0.02));
    }

    @Test
    void aPolicy() throws IOException {
        readOrRefused(
                text -> PolicyReader.read("p.yaml", text),
                PolicyException.class,
                files(RESOURCES.resolve("decision")),
                Fuzz.inputs(0.05));
    }

    @Test
    void aPlanOfTheSimulator() throws IOException {
        readOrRefused(
                PlanReader::read, PlanException.class, files(RESOURCES.resolve("simulate/plans")), Fuzz.inputs(0.02));
    }

    @Test
    void floors() throws IOException {
        readOrRefused(
                Floors::read,
                FloorsException.class,
                List.of(Files.readAllBytes(Path.of("../.ci/floors.yaml"))),
                Fuzz.inputs(0.02));
    }

    @Test
    void aBaseline() throws IOException {
        readOrRefused(
                text -> BaselineFile.parse("b.json", text),
                BaselineException.class,
                List.of(Files.readAllBytes(RESOURCES.resolve("baseline/baseline.json"))),
                Fuzz.inputs(0.005));
    }

    @Test
    void whatIsNestedDeeplyIsRefusedByEachOfThem() {
        String deep = "a: " + "[".repeat(30_000);

        assertThatThrownBy(() -> SignatureReader.read("s.yaml", deep)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> PolicyReader.read("p.yaml", deep)).isInstanceOf(PolicyException.class);
        assertThatThrownBy(() -> PlanReader.read(deep)).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> Floors.read(deep)).isInstanceOf(FloorsException.class);
        assertThatThrownBy(() -> BaselineFile.parse("b.json", "{\"a\":" + "[".repeat(30_000)))
                .isInstanceOf(BaselineException.class);
    }
}
