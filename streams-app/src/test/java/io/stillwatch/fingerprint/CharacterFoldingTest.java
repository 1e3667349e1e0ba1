package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CharacterFoldingTest {
    /** Ranges in everyday use whose characters have long been assigned: what folds here must fold alike on every JDK. */
    private static final int[][] EVERYDAY = {
        {0x0000, 0x052F}, // Latin, Greek, Cyrillic
        {0x0591, 0x05EA}, // Hebrew
        {0x0620, 0x06FF}, // Arabic
        {0x0905, 0x0939}, // Devanagari
        {0x0E01, 0x0E5B}, // Thai
        {0x1E00, 0x1EFF}, // Vietnamese and other Latin
        {0x2000, 0x2027}, // punctuation
        {0x3000, 0x30FF}, // Kana
        {0x4E00, 0x9FA5}, // ideographs
        {0xAC00, 0xD7A3}, // Hangul
        {0xFF01, 0xFF9F}, // full-width forms
    };

    @Test
    void everydayCharactersFoldAlikeOnEveryJdk() {
        CRC32 checksum = new CRC32();
        char[] expansion = new char[CharacterFolding.LONGEST_EXPANSION];
        for (int[] range : EVERYDAY) {
            for (int unit = range[0]; unit <= range[1]; unit++) {
                char code = CharacterFolding.codes()[unit];
                add(checksum, code);
                if (code == CharacterFolding.EXPANDED) {
                    int count = CharacterFolding.expand((char) unit, expansion);
                    for (int i = 0; i < count; i++) {
                        add(checksum, expansion[i]);
                    }
                }
            }
        }
        assertThat(checksum.getValue()).isEqualTo(365_186_037L);
    }

    private static void add(CRC32 checksum, char value) {
        checksum.update(value >>> 8);
        checksum.update(value);
    }
}
