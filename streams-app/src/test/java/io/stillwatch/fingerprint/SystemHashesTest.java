package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemHashesTest {
    private int read;
    private final SystemHashes hashes = new SystemHashes(text -> {
        read++;
        return Hash64.of(text);
    });

    @Test
    void readsInstructionsThatComeAgainOnce() {
        String instructions = "You are a helpful assistant. ".repeat(1_000);
        for (int request = 0; request < 10; request++) {
            assertThat(hashes.of(new String(instructions))).isEqualTo(Hash64.of(instructions));
        }

        assertThat(read).isEqualTo(1);
    }

    @Test
    void tellsInstructionsApartThatShareASlot() {
        for (int round = 0; round < 2; round++) {
            for (int text = 0; text < 10 * SystemHashes.SLOTS; text++) {
                assertThat(hashes.of("instructions " + text)).isEqualTo(Hash64.of("instructions " + text));
            }
        }
        // Two strings of one hash code.
        assertThat(hashes.of("Aa")).isEqualTo(Hash64.of("Aa"));
        assertThat(hashes.of("BB")).isEqualTo(Hash64.of("BB"));
    }
}
