package io.stillwatch.alert.ocsf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.alert.SampleAlerts;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker the other tests rely on finds what is wrong. */
class OcsfRulesTest {
    private static final OcsfRules RULES = OcsfRules.release("1.8.0");

    @Test
    void aValidDocumentBreaksNoRule() throws JsonProcessingException {
        assertThat(RULES.violations(valid())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenDocumentIsFoundAtTheRightPlace(String violation, Consumer<ObjectNode> damage)
            throws JsonProcessingException {
        ObjectNode document = valid();
        damage.accept(document);
        assertThat(RULES.violations(document)).singleElement().asString().startsWith(violation);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken("/surprise: unknown attribute of detection_finding", event -> event.put("surprise", 1)),
                broken(
                        "/metadata/surprise: unknown attribute of metadata",
                        event -> at(event, "metadata").put("surprise", 1)),
                broken("/time: required", event -> event.remove("time")),
                broken(
                        "/metadata/product: required",
                        event -> at(event, "metadata").remove("product")),
                broken("/time: not of type timestamp", event -> event.put("time", "2026-05-04")),
                broken("/time: not of type timestamp", event -> event.put("time", 1.5)),
                broken("/risk_score: not of type integer", event -> event.put("risk_score", 1L << 40)),
                broken("/message: not of type string", event -> event.put("message", 1)),
                broken("/message: not of type string", event -> event.putNull("message")),
                broken("/is_alert: not of type boolean", event -> event.put("is_alert", "true")),
                broken("/unmapped: not an object", event -> event.put("unmapped", "text")),
                broken(
                        "/evidences: not an array",
                        event -> event.set("evidences", event.get("evidences").get(0))),
                broken("/resources: empty array", event -> event.putArray("resources")),
                broken(
                        "/severity_id: 7 is not in the enumeration",
                        event -> event.put("severity_id", 7).remove("severity")),
                broken(
                        "/class_uid: 2005 is not in the enumeration",
                        event -> event.put("class_uid", 2005).remove("class_name")),
                broken("/severity: \"Low\" is not the caption of severity_id", event -> event.put("severity", "Low")),
                broken("/status: \"New\" is not the caption of status_id", event -> event.remove("status_id")),
                broken("/evidences/0: at least one of [\"actor\",", event -> {
                    ObjectNode evidence = (ObjectNode) event.get("evidences").get(0);
                    evidence.remove("data");
                    evidence.remove("user");
                }),
                broken("/verdict_id: unknown attribute of", event -> event.put("verdict_id", 1)),
                broken(
                        "/metadata/profiles: profile \"cloud\" is not described",
                        event -> at(event, "metadata").putArray("profiles").add("cloud")),
                broken("/verdict_id: 42 is not in the enumeration", event -> {
                    event.put("verdict_id", 42);
                    at(event, "metadata").putArray("profiles").add("incident");
                }),
                broken("/device: object device is not described", event -> event.putObject("device")),
                broken(
                        "/finding_info/src_url: not of type url",
                        event -> at(event, "finding_info").put("src_url", "x")),
                broken(
                        "/finding_info/attacks/0/technique/id: unknown attribute of technique",
                        event -> ((ObjectNode) ((ArrayNode) event.at("/finding_info/attacks"))
                                        .get(0)
                                        .get("technique"))
                                .put("id", "x")));
    }

    private static Arguments broken(String violation, Consumer<ObjectNode> damage) {
        return Arguments.of(violation, damage);
    }

    private static ObjectNode at(ObjectNode event, String name) {
        return (ObjectNode) event.get(name);
    }

    private static ObjectNode valid() throws JsonProcessingException {
        return (ObjectNode) new JsonMapper().readTree(new OcsfDetectionFinding("1.2.3").line(SampleAlerts.updated()));
    }
}
