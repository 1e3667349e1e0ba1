package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.feature.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that were once written stay readable, and say the same. */
class ProfileGoldenTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "io", "stillwatch", "profile", "golden");
    private static final boolean UPDATE = Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"));

    private static final Map<String, Integer> REQUESTS =
            Map.of("empty", 0, "one", 1, "ten", 10, "hundred", 100, "ten-thousand", 10_000, "losses-only", 0);

    @ParameterizedTest
    @ValueSource(strings = {"empty", "one", "ten", "hundred", "ten-thousand", "losses-only"})
    void aStoredProfileIsReadAndWrittenAgainTheSame(String name) throws IOException {
        Path stored = GOLDEN.resolve("v7-" + name + ".bin");
        Path features = GOLDEN.resolve("v7-" + name + ".txt");
        if (UPDATE) {
            Files.createDirectories(GOLDEN);
            byte[] encoded = ProfileCodec.encode(fixture(name));
            Files.write(stored, encoded);
            Files.writeString(features, text(ProfileCodec.decode(encoded)));
        }

        byte[] encoded = Files.readAllBytes(stored);
        Profile decoded = ProfileCodec.decode(encoded);

        assertThat(features).hasContent(text(decoded));
        assertThat(ProfileCodec.encode(decoded)).isEqualTo(encoded);
    }

    /** Fingerprints made from their seeds alone, so that the files outlive changes of the fingerprint. */
    private static Profile fixture(String name) {
        Profile profile = new Profile();
        for (long seed = 1; seed <= REQUESTS.get(name); seed++) {
            profile.add(AnyFingerprint.of(seed));
        }
        if (name.startsWith("losses") || name.equals("hundred")) {
            for (Loss kind : Loss.values()) {
                profile.lose(kind, 1L << 5 * kind.position());
            }
        }
        return profile;
    }

    private static String text(Profile profile) {
        return Features.all().stream()
                .map(feature -> feature.name() + " " + feature.of(profile))
                .collect(Collectors.joining("\n", "", "\nexamples " + profile.exampleEventIds() + "\n"));
    }

    @Test
    void aProfileWithLossesOnlyIsNotEmpty() {
        assertThat(ProfileCodec.encode(fixture("losses-only"))).isNotEqualTo(ProfileCodec.encode(new Profile()));
        assertThat(fixture("losses-only").completeness()).isZero();
        assertThat(new Profile().completeness()).isEqualTo(1);
    }

    @Test
    void anotherVersionIsRefusedByItsNumber() {
        assertThatThrownBy(() -> ProfileCodec.decode(new byte[] {9, 0}))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void recordsCannotBeLostLessThanNoTimes() {
        assertThatThrownBy(() -> new Profile().lose(Loss.LATE, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
