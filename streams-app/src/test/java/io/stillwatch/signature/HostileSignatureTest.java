package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.SignatureDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Anybody may write a signature file, and whoever may write to the topic a definition. */
class HostileSignatureTest {
    private static final String GOOD = """
            id: some-behaviour
            version: 3
            title: Some behaviour
            severity: high
            window: PT24H
            minimum: 10
            condition: prompt_novelty >= 0.5
            score: prompt_novelty
            evidence: [prompt_novelty]
            """;

    private static final SignatureSet BUNDLED = SignatureSet.bundled();

    static Stream<Arguments> hostileTexts() {
        String longId = "a" + "-b".repeat(100_000);
        return Stream.of(
                Arguments.of("an id of 200 kB", GOOD.replace("some-behaviour", longId)),
                Arguments.of(
                        "an id of many parts within the limit", GOOD.replace("some-behaviour", "a" + "-b".repeat(100))),
                Arguments.of("a condition of 100 kB", GOOD.replace(">= 0.5", ">= 0.5" + " || true".repeat(14_000))),
                Arguments.of(
                        "nested brackets in the condition",
                        GOOD.replace("0.5", "(".repeat(4_000) + "0.5" + ")".repeat(4_000))),
                Arguments.of("lists in lists", GOOD + "references: " + "[".repeat(50_000) + "]".repeat(50_000)),
                Arguments.of(
                        "mappings in mappings", GOOD + "examples: " + "{a: ".repeat(20_000) + "1" + "}".repeat(20_000)),
                Arguments.of("anchors that multiply", anchors()),
                Arguments.of("megabytes of a title", GOOD.replace("Some", "S".repeat(50 << 20))),
                Arguments.of("a number without end", GOOD.replace("minimum: 10", "minimum: 1" + "0".repeat(200_000))),
                Arguments.of("an exponent without end", GOOD.replace("version: 3", "version: 1e999999999")),
                Arguments.of("nothing but control characters", "\u0000\u0001".repeat(1_000)));
    }

    private static String anchors() {
        StringBuilder bomb = new StringBuilder(GOOD).append("x0: &a0 [lol]\n");
        for (int level = 1; level < 30; level++) {
            String before = "*a" + (level - 1);
            bomb.append("x" + level + ": &a" + level + " [" + before + ("," + before).repeat(9) + "]\n");
        }
        return bomb.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTexts")
    void isRefusedInOneSentence(String what, String yaml) {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", yaml))
                .as(what)
                .isInstanceOf(SignatureException.class)
                .satisfies(refused ->
                        assertThat(refused.getMessage()).startsWith("x.yaml:").hasSizeLessThan(1_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTexts")
    void leavesTheOtherDefinitionsInEffectWhenPublished(String what, String yaml) {
        SignatureOverlay overlay = SignatureOverlay.of(
                BUNDLED,
                List.of(
                        definition("some-behaviour", yaml),
                        definition("another", GOOD.replace("some-behaviour", "another"))));

        assertThat(overlay.signatures().named("another")).as(what).isPresent();
        assertThat(overlay.skipped()).containsOnlyKeys("some-behaviour");
    }

    @Test
    void aLongIdIsNotRepeatedInWhatIsSaidOfIt() {
        String id = "a" + "-b".repeat(100_000);

        SignatureOverlay overlay = SignatureOverlay.of(BUNDLED, List.of(definition(id, GOOD)));

        assertThat(overlay.skipped().get(id)).hasSizeLessThan(400);
    }

    @Test
    void aFileThatNeverEndsIsReadNoFurtherThanASignatureMayBeLong(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("big.yaml");
        Files.writeString(file, GOOD + "# " + "x".repeat(50 << 20));

        assertThatThrownBy(() -> SignatureReader.read(file)).hasMessageContaining("longer than 64 kB");
        assertThatThrownBy(() -> SignatureSet.of(directory)).hasMessageContaining("longer than 64 kB");
        Path endless = Path.of("/dev/zero");
        if (Files.exists(endless)) {
            assertThatThrownBy(() -> SignatureReader.read(endless)).hasMessageContaining("longer than 64 kB");
        }
    }

    private static SignatureDefinition definition(String id, String yaml) {
        return SignatureDefinition.newBuilder()
                .setId(id)
                .setVersion(1)
                .setYaml(yaml)
                .setPublishedAt(0)
                .setPublishedBy(null)
                .build();
    }
}
