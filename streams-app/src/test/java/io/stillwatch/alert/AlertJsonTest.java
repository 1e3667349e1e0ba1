package io.stillwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AlertJsonTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Test
    void everySampleIsWrittenAsItsGoldenLine() {
        SampleAlerts.byName()
                .forEach((name, alert) ->
                        Golden.check(AlertJsonTest.class, name + ".alert.json", AlertJson.line(alert) + "\n"));
    }

    @Test
    void everyFieldOfTheSchemaIsThereInItsOrder() throws JsonProcessingException {
        JsonNode line = STRICT.readTree(AlertJson.line(SampleAlerts.updated()));
        assertThat(names(line)).isEqualTo(names(Alert.getClassSchema()));
        JsonNode finding = line.get("findings").get(0);
        Schema findingSchema =
                Alert.getClassSchema().getField("findings").schema().getElementType();
        assertThat(names(finding)).isEqualTo(names(findingSchema));
        assertThat(names(finding.get("evidence").get(0)))
                .isEqualTo(names(findingSchema.getField("evidence").schema().getElementType()));
    }

    @Test
    void doublesHaveTheFewestDigitsThatReadBackTheSameOnEveryJavaRelease() {
        // Before JDK 19 Double.toString writes 8.41E21 as 8.409999999999999E21.
        for (String digits : List.of("8.41E21", "0.002", "4.9E-324", "0.1", "1.0E23", "0.30000000000000004")) {
            Alert alert = scored(Double.parseDouble(digits));
            assertThat(AlertJson.line(alert)).contains("\"score\":" + digits + ",");
        }
    }

    @Test
    void whatJsonHasNoNumberForIsNull() throws JsonProcessingException {
        assertThat(STRICT.readTree(AlertJson.line(scored(Double.NaN)))
                        .get("score")
                        .isNull())
                .isTrue();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyAlertIsOneLineOfPrintableAsciiThatReadsBack(@ForAll("alerts") Alert alert)
            throws JsonProcessingException {
        String line = AlertJson.line(alert);
        assertThat(line).matches("[\\x20-\\x7e]*").isEqualTo(AlertJson.line(alert));
        JsonNode read = STRICT.readTree(line);
        assertThat(read.get("entity_id").textValue()).isEqualTo(asUtf8Keeps(alert.getEntityId()));
        assertThat(read.get("time").longValue()).isEqualTo(alert.getTime());
        if (Double.isFinite(alert.getScore())) {
            assertThat(read.get("score").doubleValue()).isEqualTo(alert.getScore());
        }
    }

    private static Alert scored(double score) {
        return SampleAlerts.alert("al", "a", AlertState.OPENED, 0, Instant.EPOCH)
                .setScore(score)
                .build();
    }

    @Provide
    Arbitrary<Alert> alerts() {
        return AnyAlert.alerts();
    }

    /** Lone halves of surrogate pairs have no UTF-8; all other text has. */
    private static String asUtf8Keeps(String text) {
        return text.codePoints()
                .map(codePoint -> Character.getType(codePoint) == Character.SURROGATE ? 0xFFFD : codePoint)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }
}
