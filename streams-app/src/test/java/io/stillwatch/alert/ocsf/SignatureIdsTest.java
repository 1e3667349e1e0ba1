package io.stillwatch.alert.ocsf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others' catalogues call the behaviours that ship. */
class SignatureIdsTest {
    static List<Signature> signatures() {
        return SignatureSet.bundled().signatures().stream()
                .map(CompiledSignature::signature)
                .toList();
    }

    /** A technique that the release of ATLAS does not know has neither name nor tactic in a finding. */
    @ParameterizedTest
    @MethodSource("signatures")
    void everySignatureThatShipsNamesTechniquesThatAtlasKnows(Signature signature) throws JsonProcessingException {
        JsonNode attacks = attacks(signature.atlas());

        assertThat(signature.atlas()).contains("AML.T0024.002").doesNotHaveDuplicates();
        assertThat(attacks).hasSameSizeAs(signature.atlas()).allSatisfy(attack -> {
            assertThat(attack.at("/tactic/name").asText()).isNotEmpty();
            assertThat(attack.at("/technique/name").asText()).isNotEmpty();
            if (attack.has("sub_technique")) {
                assertThat(attack.at("/sub_technique/name").asText()).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void everySignatureThatShipsNamesTheRiskOfBothTopTens(Signature signature) {
        assertThat(signature.owasp()).containsExactly("LLM10:2025", "LLM06:2026");
    }

    @Test
    void anIdThatIsNoneWouldBeSeen() throws JsonProcessingException {
        assertThat(attacks(List.of("AML.T0024.999")).get(0).at("/sub_technique").has("name"))
                .isFalse();
        assertThat(attacks(List.of("AML.T9999")).get(0).has("tactic")).isFalse();
    }

    private static JsonNode attacks(List<String> techniques) throws JsonProcessingException {
        Alert alert = SampleAlerts.opened();
        Finding finding = Finding.newBuilder(alert.getFindings().get(0))
                .setAtlas(techniques)
                .build();
        alert.setFindings(List.of(finding));
        return new ObjectMapper()
                .readTree(new OcsfDetectionFinding("1").line(alert))
                .at("/finding_info/attacks");
    }
}
