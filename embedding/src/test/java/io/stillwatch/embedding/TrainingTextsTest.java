package io.stillwatch.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTextsTest {
    @Test
    void theTextsAreTheSameEveryTimeAndNoPlaceIsLeftEmpty() throws Exception {
        List<String> texts = TrainingTexts.all();
        assertThat(texts).hasSizeGreaterThan(50_000).isEqualTo(TrainingTexts.all());
        assertThat(texts).noneMatch(text -> text.contains("{thing}") || text.contains("{act}") || text.isBlank());
    }
}
