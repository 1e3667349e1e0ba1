package io.stillwatch.profile.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.fingerprint.Marker;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarkerFeaturesTest {
    private static final List<String> VERBS = List.of(
            "ask", "give", "assign", "are", "speak", "point", "open", "end", "contain", "have", "carry", "write",
            "call");

    @ParameterizedTest
    @EnumSource(Marker.class)
    void whatOnePromptDoesIsSaidOfManyAsASentence(Marker marker) {
        String many = MarkerFeatures.ofMany(marker.meaning());

        assertThat(VERBS).contains(many.split(" ", -1)[0]);
        assertThat(many).endsWith(marker.meaning().substring(marker.meaning().indexOf(' ')));
    }
}
