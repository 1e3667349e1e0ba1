package io.stillwatch.profile.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FeatureDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "features.md");

    @Test
    void theDocumentListsTheFeaturesAsTheyAreDeclared() throws IOException {
        if (Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"))) {
            Files.writeString(DOCUMENT, FeatureDocument.markdown());
        }

        assertThat(DOCUMENT).hasContent(FeatureDocument.markdown());
    }

    @Test
    void everyFeatureHasAnIdentifierAsItsNameAndAPlaceForItsValueInItsClause() {
        Pattern identifier = Pattern.compile("[a-z][a-z0-9_]*");
        assertThat(Features.all()).hasSizeGreaterThanOrEqualTo(30).allSatisfy(feature -> {
            assertThat(feature.name()).matches(identifier);
            assertThat(feature.clause()).contains("{}");
            assertThat(feature.meaning()).endsWith(".");
            assertThat(feature.source()).isNotBlank();
        });
    }

    @Test
    void everyFeatureIsDeclaredOnce() {
        assertThat(Features.declared()).extracting(Feature::name).doesNotHaveDuplicates();
    }

    @Test
    void theEmptyProfileHasNoNumberThatIsInfinite() {
        assertThat(Features.all())
                .allSatisfy(feature ->
                        assertThat(Double.isInfinite(feature.of(new Profile()))).isFalse());
    }
}
