package io.stillwatch.alert.stix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.alert.Golden;
import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StixBundleTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long JOINED_MS = Instant.parse("2026-05-10T13:03:00Z").toEpochMilli();
    private static final StixBundle KEYED =
            new StixBundle("Example AI", IdentifierHash.keyed("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

    private static CampaignMember member(String account, long requests) {
        return CampaignMember.newBuilder()
                .setCampaignId("c-12")
                .setAccountId(account)
                .setTime(JOINED_MS + 60_000)
                .setJoinedAt(JOINED_MS)
                .setConfidence(0.9)
                .setReason("shares its payment with 3 of the members")
                .setSharedKinds(List.of("payment"))
                .setRequests(requests)
                .setOutputTokens(100 * requests)
                .build();
    }

    private static StixCampaign sample(int accounts) {
        return new StixCampaign(
                "c-12",
                Optional.of(SampleAlerts.campaign(accounts)),
                IntStream.range(0, accounts)
                        .mapToObj(number -> member("h-" + (10_000 + number), 100 + number))
                        .toList());
    }

    private static JsonNode read(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<JsonNode> objects(JsonNode bundle, String type) {
        return StreamSupport.stream(bundle.get("objects").spliterator(), false)
                .filter(object -> object.get("type").asText().equals(type))
                .toList();
    }

    private static Set<String> ids(JsonNode bundle) {
        return StreamSupport.stream(bundle.get("objects").spliterator(), false)
                .map(object -> object.get("id").asText())
                .collect(Collectors.toSet());
    }

    @Test
    void aCampaignIsWrittenAsItsGoldenBundleAndBreaksNoRule() {
        String line = KEYED.line(sample(14));
        Golden.check(StixBundleTest.class, "campaign.stix.json", line + "\n");
        assertThat(StixRules.violations(read(line))).isEmpty();
        assertThat(KEYED.line(sample(14))).isEqualTo(line);
    }

    @Test
    void neitherIdentifiersNorFreeTextLeaveTheHouse() {
        Alert alert = SampleAlerts.campaign(14);
        alert.setTitle("secret title");
        alert.setExplanation("secret explanation");
        alert.setDispositionReason("secret reason");
        String line = KEYED.line(
                new StixCampaign("c-12", Optional.of(alert), sample(14).members()));
        assertThat(line).doesNotContain("h-100", "c-12", "secret", "payment", "ev-0");
    }

    @Test
    void theSameThingHasTheSameIdInALaterExport() {
        Alert later = SampleAlerts.campaign(14);
        later.setTime(later.getTime() + 3_600_000);
        later.setRequests(99_999);
        JsonNode now = read(KEYED.line(sample(14)));
        JsonNode then = read(KEYED.line(
                new StixCampaign("c-12", Optional.of(later), sample(14).members())));
        assertThat(ids(then)).isEqualTo(ids(now));
        assertThat(objects(then, "campaign").get(0).get("modified").asText())
                .isGreaterThanOrEqualTo(
                        objects(now, "campaign").get(0).get("modified").asText());
    }

    @Test
    void withAnotherKeyTheSameAccountsCannotBeCompared() {
        StixBundle other = new StixBundle(
                "Example AI", IdentifierHash.keyed("another key of 24 bytes!".getBytes(StandardCharsets.UTF_8)));
        JsonNode ours = read(KEYED.line(sample(3)));
        JsonNode theirs = read(other.line(sample(3)));
        assertThat(objects(ours, "user-account")).doesNotContainAnyElementsOf(objects(theirs, "user-account"));
        assertThat(read(new StixBundle("x", IdentifierHash.plain()).line(sample(3)))
                        .toString())
                .contains("\"hash\":\"SHA-256\"");
    }

    @Test
    void theIdOfAnAccountIsTheOneThatStixMakesOfItsProperties() {
        // Name-based over the STIX namespace and {"account_type":"model-api","user_id":"ab"}, made with Python's uuid5.
        assertThat(StixId.ofObservable("user-account", "{\"account_type\":\"model-api\",\"user_id\":\"ab\"}"))
                .isEqualTo("user-account--604b6970-ebd8-5bc9-9b16-4f533996b24d");
    }

    @Test
    void aCampaignOfThousandsHasAnIndicatorForEveryFiveHundred() {
        JsonNode bundle = read(KEYED.line(sample(1_204)));
        assertThat(StixRules.violations(bundle)).isEmpty();
        assertThat(objects(bundle, "indicator")).hasSize(3);
        assertThat(objects(bundle, "user-account")).hasSize(1_204);
        assertThat(objects(bundle, "sighting")).hasSize(3);
    }

    @Test
    void aCampaignIsExportedAlsoWhenOnlyItsMembersOrOnlyItsAlertIsKnown() {
        assertThat(StixRules.violations(
                        read(KEYED.line(new StixCampaign("c-12", Optional.empty(), List.of(member("a", 0)))))))
                .isEmpty();
        assertThat(StixRules.violations(
                        read(KEYED.line(new StixCampaign("c-12", Optional.of(SampleAlerts.campaign()), List.of())))))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new StixCampaign("c", Optional.empty(), List.of()));
    }

    @Test
    void aKeyThatAnybodyCouldGuessIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> IdentifierHash.keyed(new byte[15]));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenRuleIsSeen(String violation, Consumer<JsonNode> damage) {
        JsonNode bundle = read(KEYED.line(sample(2)));
        damage.accept(bundle);
        assertThat(StixRules.violations(bundle)).anyMatch(found -> found.contains(violation));
    }

    static Stream<Arguments> broken() {
        List<Arguments> cases = new ArrayList<>();
        cases.add(broken("/valid_from: required", "indicator", object -> object.remove("valid_from")));
        cases.add(broken("/pattern: not readable", "indicator", object -> object.put("pattern", "[x]")));
        cases.add(broken("unknown property of campaign", "campaign", object -> object.put("severity", "high")));
        cases.add(broken("is no id of a campaign", "campaign", object -> object.put("id", "campaign--1")));
        cases.add(broken(
                "/modified: before created", "campaign", object -> object.put("modified", "2020-01-01T00:00:00.000Z")));
        cases.add(broken("is not of type timestamp", "campaign", object -> object.put("created", "yesterday")));
        cases.add(broken("not 2.1", "identity", object -> object.put("spec_version", "2.0")));
        cases.add(broken(
                "is not of type id",
                "relationship",
                object -> object.put("target_ref", "campaign--00000000-0000-4000-8000-000000000000")));
        cases.add(broken(
                "no relationship campaign is attack-pattern",
                "relationship",
                object -> object.put("relationship_type", "is")));
        cases.add(broken(
                "/number_observed: 0 is out of range", "observed-data", object -> object.put("number_observed", 0)));
        cases.add(broken("not a list with something in it", "observed-data", object -> object.putArray("object_refs")));
        cases.add(broken(
                "extension_type missing",
                "user-account",
                object -> ((ObjectNode) object.get("extensions").elements().next()).remove("extension_type")));
        return cases.stream();
    }

    private static Arguments broken(String violation, String type, Consumer<ObjectNode> damage) {
        Consumer<JsonNode> onBundle =
                bundle -> damage.accept((ObjectNode) objects(bundle, type).get(0));
        return Arguments.of(violation, onBundle);
    }
}
