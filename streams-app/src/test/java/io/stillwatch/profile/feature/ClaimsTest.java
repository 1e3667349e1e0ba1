package io.stillwatch.profile.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "claims.md");

    @Test
    void theDocumentTellsClaimsFromEvidenceAsTheCodeDoes() throws IOException {
        if (Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"))) {
            Files.writeString(DOCUMENT, Claims.markdown());
        }

        assertThat(DOCUMENT).hasContent(Claims.markdown());
    }

    @Test
    void everyFeatureThatReadsAClaimExists() {
        assertThat(Claims.features())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Features.named(name)).isPresent());
    }
}
