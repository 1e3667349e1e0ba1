package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.feature.Claims;
import io.stillwatch.profile.feature.Features;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What caller-written fields may do to a verdict. */
class ConditionsTest {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    @Test
    void noConditionAsksForAFieldThatTheCallerWritesForNothing() {
        assertThat(SignatureSet.bundled().signatures())
                .isNotEmpty()
                .allSatisfy(compiled -> assertThat(features(compiled.signature().condition()))
                        .as(compiled.signature().id())
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(Claims.features()));
    }

    @Test
    void aConditionOnAClaimWouldBeSeen() {
        assertThat(features("prompt_novelty >= 0.9 && end_user_share <= 0.05"))
                .containsAnyElementsOf(Claims.features());
    }

    private static List<String> features(String condition) {
        return NAME.matcher(condition)
                .results()
                .map(MatchResult::group)
                .filter(name -> Features.named(name).isPresent())
                .toList();
    }
}
