package io.stillwatch.alert.stix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.alert.Atlas;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.JsonLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A campaign as a STIX 2.1 bundle: who says it, the campaign, the techniques it uses, its accounts as observed and as
 * indicators, and how often they were seen.
 *
 * <p>Identifiers of accounts and of the campaign are hashed; neither text of prompts nor free text of an alert goes in.
 * What STIX has no property for is in an extension that the bundle defines. The same campaign gives the same bytes and
 * ids, so an importer takes a later export for a newer version of the same objects.
 */
public final class StixBundle {
    /** What an account's type is called; STIX's vocabulary of them is open. */
    static final String ACCOUNT_TYPE = "model-api";

    private static final String SPEC_VERSION = "2.1";
    private static final int ACCOUNTS_AN_INDICATOR = 500;
    private static final int MOST_COUNTED = 999_999_999;
    private static final String TLP_AMBER = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82";
    private static final long DEFINED_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final String EXTENSION = StixId.of("extension-definition", "stillwatch-distillation");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String producer;
    private final IdentifierHash hash;

    /**
     * What is alike in all bundles.
     *
     * @param producer name of who shares them
     * @param hash of identifiers
     */
    public StixBundle(String producer, IdentifierHash hash) {
        this.producer = producer;
        this.hash = hash;
    }

    /** The campaign's bundle on one line, without a line end. */
    public String line(StixCampaign campaign) {
        return JsonLine.of(bundle(campaign));
    }

    private ObjectNode bundle(StixCampaign campaign) {
        List<ObjectNode> objects = new ArrayList<>();
        objects.add(marking());
        objects.add(identity());
        objects.add(extensionDefinition());
        ObjectNode subject = campaign(campaign);
        objects.add(subject);
        for (String technique : techniques(campaign)) {
            ObjectNode pattern = attackPattern(technique);
            objects.add(pattern);
            objects.add(relationship("uses", subject, pattern, campaign));
        }
        List<CampaignMember> members = campaign.members();
        for (int from = 0; from < members.size(); from += ACCOUNTS_AN_INDICATOR) {
            List<CampaignMember> part = members.subList(from, Math.min(members.size(), from + ACCOUNTS_AN_INDICATOR));
            accounts(campaign, subject, part, from / ACCOUNTS_AN_INDICATOR, objects);
        }
        ObjectNode bundle = JSON.objectNode();
        bundle.put("type", "bundle");
        bundle.put("id", StixId.of("bundle", name(campaign) + "/" + campaign.modifiedMs()));
        ArrayNode all = bundle.putArray("objects");
        objects.forEach(all::add);
        return bundle;
    }

    /** Among those who need to know, in one's own house and with whom one works: STIX fixes all of this object. */
    private static ObjectNode marking() {
        ObjectNode marking = JSON.objectNode();
        marking.put("type", "marking-definition");
        marking.put("spec_version", SPEC_VERSION);
        marking.put("id", TLP_AMBER);
        marking.put("created", "2017-01-20T00:00:00.000Z");
        marking.put("definition_type", "tlp");
        marking.put("name", "TLP:AMBER");
        marking.putObject("definition").put("tlp", "amber");
        return marking;
    }

    private String identityId() {
        return StixId.of("identity", producer);
    }

    private ObjectNode identity() {
        ObjectNode identity = object("identity", identityId(), DEFINED_MS, DEFINED_MS);
        text(identity, "name", producer);
        identity.put("identity_class", "organization");
        return identity;
    }

    private ObjectNode extensionDefinition() {
        ObjectNode definition = object("extension-definition", EXTENSION, DEFINED_MS, DEFINED_MS);
        definition.put("name", "Stillwatch distillation campaign");
        definition.put("description", "Figures of accounts that harvest a language model's answers.");
        definition.put(
                "schema",
                "severity: informational, low, medium, high or critical. score and confidence: 0 to 1. accounts,"
                        + " requests, output_tokens: counts. signatures: signature_id, version and score of each behaviour that"
                        + " holds. hash: how identifiers were hashed, SHA-256 or HMAC-SHA-256, in hexadecimal.");
        definition.put("version", "1.0.0");
        definition.putArray("extension_types").add("property-extension");
        return definition;
    }

    private ObjectNode campaign(StixCampaign campaign) {
        ObjectNode node =
                object("campaign", StixId.of("campaign", name(campaign)), campaign.createdMs(), campaign.modifiedMs());
        node.put("name", "Model distillation campaign " + name(campaign).substring(0, 12));
        node.put("description", description(campaign));
        node.put("first_seen", time(campaign.firstSeenMs()));
        node.put("last_seen", time(Math.max(campaign.firstSeenMs(), campaign.modifiedMs())));
        node.put("objective", "Collect a language model's answers to train another model on them.");
        node.putArray("labels").add("model-distillation");
        ObjectNode extension = extension(node);
        campaign.newest().ifPresent(alert -> {
            text(extension, "severity", alert.getSeverity());
            extension.set("score", JsonLine.number(alert.getScore()));
            ArrayNode signatures = extension.putArray("signatures");
            for (Finding finding : alert.getFindings()) {
                ObjectNode signature = signatures.addObject();
                text(signature, "signature_id", finding.getSignatureId());
                signature.put("version", finding.getSignatureVersion());
                signature.set("score", JsonLine.number(finding.getScore()));
            }
            if (signatures.isEmpty()) {
                extension.remove("signatures");
            }
        });
        extension.put("accounts", campaign.accounts());
        extension.put("requests", campaign.requests());
        extension.put("output_tokens", campaign.outputTokens());
        return node;
    }

    private static String description(StixCampaign campaign) {
        return "Accounts of one harvester: " + campaign.accounts() + " accounts with " + campaign.requests()
                + " requests and " + campaign.outputTokens() + " answer tokens.";
    }

    private static Set<String> techniques(StixCampaign campaign) {
        Set<String> techniques = new LinkedHashSet<>();
        campaign.newest()
                .map(Alert::getFindings)
                .orElse(List.of())
                .forEach(finding -> finding.getAtlas().stream()
                        .filter(id -> id.matches("AML\\.T[0-9]{4}(\\.[0-9]{3})?"))
                        .forEach(techniques::add));
        return techniques;
    }

    private ObjectNode attackPattern(String technique) {
        ObjectNode pattern = object("attack-pattern", StixId.of("attack-pattern", technique), DEFINED_MS, DEFINED_MS);
        pattern.put("name", Atlas.named(technique).name().orElse(technique));
        ObjectNode reference = pattern.putArray("external_references").addObject();
        reference.put("source_name", "mitre-atlas");
        reference.put("external_id", technique);
        reference.put("url", "https://atlas.mitre.org/techniques/" + technique);
        return pattern;
    }

    private void accounts(
            StixCampaign campaign,
            ObjectNode subject,
            List<CampaignMember> members,
            int number,
            List<ObjectNode> objects) {
        String part = name(campaign) + "/" + number;
        List<String> hashes = new ArrayList<>();
        ArrayNode references = JSON.arrayNode();
        long firstMs = Long.MAX_VALUE;
        long lastMs = Long.MIN_VALUE;
        long requests = 0;
        for (CampaignMember member : members) {
            ObjectNode account = userAccount(member);
            objects.add(account);
            references.add(account.get("id"));
            hashes.add(account.get("user_id").textValue());
            firstMs = Math.min(firstMs, member.getJoinedAt());
            lastMs = Math.max(lastMs, Math.max(member.getJoinedAt(), member.getTime()));
            requests += member.getRequests();
        }
        ObjectNode observed =
                object("observed-data", StixId.of("observed-data", part), campaign.createdMs(), campaign.modifiedMs());
        observed.put("first_observed", time(firstMs));
        observed.put("last_observed", time(lastMs));
        observed.put("number_observed", Math.max(1, Math.min(MOST_COUNTED, requests)));
        observed.set("object_refs", references);
        objects.add(observed);

        ObjectNode indicator =
                object("indicator", StixId.of("indicator", part), campaign.createdMs(), campaign.modifiedMs());
        indicator.put("name", "Accounts of a model distillation campaign");
        indicator.putArray("indicator_types").add("malicious-activity");
        indicator.put("pattern", "[user-account:user_id IN ('" + String.join("', '", hashes) + "')]");
        indicator.put("pattern_type", "stix");
        indicator.put("pattern_version", SPEC_VERSION);
        indicator.put("valid_from", time(campaign.firstSeenMs()));
        indicator.put("confidence", Math.round(100 * confidence(members)));
        objects.add(indicator);
        objects.add(relationship("indicates", indicator, subject, campaign));

        ObjectNode sighting =
                object("sighting", StixId.of("sighting", part), campaign.createdMs(), campaign.modifiedMs());
        sighting.put("first_seen", time(firstMs));
        sighting.put("last_seen", time(lastMs));
        sighting.put("count", Math.max(0, Math.min(MOST_COUNTED, requests)));
        sighting.set("sighting_of_ref", indicator.get("id"));
        sighting.putArray("observed_data_refs").add(observed.get("id"));
        sighting.putArray("where_sighted_refs").add(identityId());
        objects.add(sighting);
    }

    /** As sure as the least sure of the accounts. */
    private static double confidence(List<CampaignMember> members) {
        return members.stream()
                .mapToDouble(CampaignMember::getConfidence)
                .filter(Double::isFinite)
                .map(confidence -> Math.min(Math.max(confidence, 0), 1))
                .min()
                .orElse(0);
    }

    private ObjectNode userAccount(CampaignMember member) {
        String user = hash.of(member.getAccountId());
        // Two names in alphabetical order and values that need no escape: this is canonical JSON (RFC 8785).
        String canonical = "{\"account_type\":\"" + ACCOUNT_TYPE + "\",\"user_id\":\"" + user + "\"}";
        ObjectNode account = JSON.objectNode();
        account.put("type", "user-account");
        account.put("spec_version", SPEC_VERSION);
        account.put("id", StixId.ofObservable("user-account", canonical));
        account.putArray("object_marking_refs").add(TLP_AMBER);
        account.put("user_id", user);
        account.put("account_type", ACCOUNT_TYPE);
        ObjectNode extension = extension(account);
        extension.put("hash", hash.method());
        extension.set("confidence", JsonLine.number(member.getConfidence()));
        extension.put("requests", member.getRequests());
        extension.put("output_tokens", member.getOutputTokens());
        return account;
    }

    private ObjectNode relationship(String type, ObjectNode source, ObjectNode target, StixCampaign campaign) {
        String from = source.get("id").textValue();
        String to = target.get("id").textValue();
        ObjectNode relationship = object(
                "relationship",
                StixId.of("relationship", from + " " + type + " " + to),
                campaign.createdMs(),
                campaign.modifiedMs());
        relationship.put("relationship_type", type);
        relationship.put("source_ref", from);
        relationship.put("target_ref", to);
        return relationship;
    }

    /** The properties that all domain and relationship objects have. */
    private ObjectNode object(String type, String id, long createdMs, long modifiedMs) {
        ObjectNode object = JSON.objectNode();
        object.put("type", type);
        object.put("spec_version", SPEC_VERSION);
        object.put("id", id);
        if (!id.equals(identityId())) {
            object.put("created_by_ref", identityId());
        }
        object.put("created", time(createdMs));
        object.put("modified", time(modifiedMs));
        object.putArray("object_marking_refs").add(TLP_AMBER);
        return object;
    }

    private static ObjectNode extension(ObjectNode object) {
        return object.putObject("extensions").putObject(EXTENSION).put("extension_type", "property-extension");
    }

    /** Tells campaigns apart without telling their id. */
    private String name(StixCampaign campaign) {
        return hash.of("campaign " + campaign.id());
    }

    private static String time(long timeMs) {
        return TIME.format(Instant.ofEpochMilli(timeMs));
    }

    private static void text(ObjectNode object, String name, String value) {
        object.set(name, JsonLine.text(value));
    }
}
