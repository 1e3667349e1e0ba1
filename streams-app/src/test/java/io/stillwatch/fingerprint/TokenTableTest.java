package io.stillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTableTest {
    private final TokenTable table = TokenTable.shipped();

    @Test
    void theShippedTableHasAVectorForEveryPiece() {
        assertThat(table.vocabulary().size()).isEqualTo(30_522);
        assertThat(table.provenance("dimensions")).isEqualTo(Integer.toString(TokenTable.DIMENSIONS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model",
                "model.licence",
                "model.artifact",
                "model.version",
                "model.sha256",
                "tokenizer.sha256",
                "texts",
                "texts.licence",
                "recipe",
                "date"
            })
    void theShippedTableSaysWhereItComesFrom(String name) {
        assertThat(table.provenance(name)).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"token-table.bin,table.sha256", "vocabulary.txt,vocabulary.sha256"})
    void theShippedFilesAreTheOnesTheProvenanceSpeaksOf(String file, String name) throws Exception {
        assertThat(table.provenance(name)).isEqualTo(sha256(file));
    }

    @Test
    void piecesOnlyASpecialTokenizerWritesHaveNoVector() {
        int others = 0;
        for (int i = 0; i < 999 * TokenTable.DIMENSIONS; i++) {
            others += table.component(i / TokenTable.DIMENSIONS, i % TokenTable.DIMENSIONS) == 0 ? 0 : 1;
        }
        assertThat(others).isZero();
    }

    @Test
    void rowsComeBackAsTheyWereMade() {
        byte[] vectors = new byte[2 * TokenTable.DIMENSIONS];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (byte) i;
        }
        TokenTable made = new TokenTable(List.of("[UNK]", "a"), vectors, new Properties());
        for (int i = 0; i < vectors.length; i++) {
            assertThat(made.component(i / TokenTable.DIMENSIONS, i % TokenTable.DIMENSIONS))
                    .isEqualTo(vectors[i]);
        }
    }

    @Test
    void aTableThatDoesNotFitItsVocabularyIsRefused() {
        byte[] oneVector = new byte[TokenTable.DIMENSIONS];
        assertThatThrownBy(() -> new TokenTable(List.of("[UNK]", "a"), oneVector, new Properties()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("128")
                .hasMessageContaining("256");
    }

    private static String sha256(String resource) throws Exception {
        try (InputStream stream = TokenTable.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException(resource + " is missing");
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stream.readAllBytes()));
        }
    }
}
