package io.stillwatch.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.Footing;
import io.stillwatch.simulate.actor.Label;
import io.stillwatch.simulate.claim.ForgedClaims;
import io.stillwatch.simulate.claim.Guise;
import io.stillwatch.simulate.evasion.Disguise;
import io.stillwatch.simulate.evasion.Evasion;
import io.stillwatch.simulate.evasion.Evasions;
import io.stillwatch.text.Suggestion;
import io.stillwatch.yaml.YamlDocument;
import io.stillwatch.yaml.YamlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads plans from YAML:
 *
 * <pre>
 * name: two-of-a-kind
 * seed: 7
 * start: 2026-09-21T00:00:00Z
 * days: 3
 * groups:
 *   - persona: chat-user
 *     accounts: 40
 *     requests: [5, 200]
 *   - behaviour: bulk-instruction-harvest
 *     accounts: 20
 *     requests: 60
 *     share: [0.3, 0.6]
 *     cover: [chat-user, code-assistant]
 *     campaign: {name: north, deal: round-robin, active: 10, template: paraphrased, parameters: ordinary}
 *     together: {payment: 3}
 * </pre>
 *
 * <p>Further keys of a group are {@code team}, {@code from_day}, {@code days}, {@code timing}, {@code new_accounts},
 * {@code signed_up}, {@code footing} and {@code evasion}, as in {@code {name: mixing, strength: 0.5, claims: enduser+stream}}; {@link PlanGroup} and
 * {@link CampaignPlan} say what they mean.
 */
public final class PlanReader {
    private static final Set<String> PLAN_KEYS = new TreeSet<>(List.of("name", "seed", "start", "days", "groups"));
    private static final Set<String> GROUP_KEYS = new TreeSet<>(List.of(
            "persona",
            "behaviour",
            "accounts",
            "requests",
            "share",
            "cover",
            "campaign",
            "team",
            "from_day",
            "days",
            "timing",
            "new_accounts",
            "together",
            "signed_up",
            "footing",
            "evasion"));
    private static final Set<String> CAMPAIGN_KEYS =
            new TreeSet<>(List.of("name", "deal", "active", "template", "parameters"));
    private static final Set<String> STAGE_KEYS = new TreeSet<>(List.of(
            "persona",
            "behaviour",
            "silence",
            "days",
            "requests_an_hour",
            "share",
            "cover",
            "team",
            "timing",
            "new_accounts",
            "evasion"));
    private static final double HOURS_A_DAY = 24;
    private static final double DAY_MS = 86_400_000.0;

    private PlanReader() {}

    /**
     * Reads a plan file.
     *
     * @throws PlanException if it is no plan; the message names the file and what is wrong
     */
    public static SimulationPlan read(Path file) {
        String name = Quoted.of(String.valueOf(file.getFileName()));
        try {
            return read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (PlanException e) {
            throw new PlanException("The plan " + name + " cannot be used: " + e.getMessage());
        } catch (IOException e) {
            throw new PlanException("The plan " + name + " cannot be read; check that it is a text file you may read.");
        }
    }

    /**
     * Reads a plan.
     *
     * @throws PlanException if it is none; the message says where and what is wrong
     */
    public static SimulationPlan read(String yaml) {
        YamlDocument document;
        try {
            document = YamlDocument.read(yaml);
        } catch (YamlException e) {
            throw new PlanException("it is no valid YAML near line " + e.line() + ".");
        }
        JsonNode root = document.root();
        if (!root.isObject()) {
            throw new PlanException("it must hold a mapping with the key groups.");
        }
        knownKeys(root, PLAN_KEYS, "the plan");
        JsonNode groups = root.get("groups");
        if (groups == null || !groups.isArray() || groups.isEmpty()) {
            throw new PlanException("groups must be a list with at least one persona or behaviour.");
        }
        List<PlanGroup> read = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            String where = "groups[" + (i + 1) + "]";
            try {
                read.add(group(groups.get(i), where));
            } catch (PlanException e) {
                String message = e.getMessage();
                throw new PlanException("line " + document.line("/groups/" + i) + ", "
                        + (message.startsWith(where) ? message : where + ": " + message));
            }
        }
        double days = number(root, "days", 7);
        if (!(days >= 0.05 && days <= 400)) {
            throw new PlanException("days must be between 0.05 and 400.");
        }
        return new SimulationPlan(
                text(root, "name").orElse("plan"),
                whole(root, "seed", 1),
                start(root),
                Duration.ofMillis((long) (days * DAY_MS)),
                read);
    }

    static SimulationPlan shipped(String name) {
        String path = "/io/stillwatch/simulate/plans/" + name + ".yaml";
        try (InputStream in = PlanReader.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The plan " + path + " is missing from the program.");
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The plan " + path + " cannot be read.", e);
        }
    }

    /** How long a timeline's stage lasts, in days. */
    static double days(JsonNode stage) {
        if (!stage.isObject()) {
            throw new PlanException("a stage must be a mapping such as {silence: true, days: 2}.");
        }
        double days = number(stage, "days", 0);
        if (!(days > 0)) {
            throw new PlanException("a stage needs days, above 0.");
        }
        return days;
    }

    /**
     * A timeline's stage as a group of one account.
     *
     * @param stage keys of a group, with {@code requests_an_hour} for its requests; or silence
     * @param fromDay where it begins
     * @return empty for silence
     */
    static Optional<PlanGroup> stage(JsonNode stage, double fromDay) {
        knownKeys(stage, STAGE_KEYS, "the stage");
        double days = days(stage);
        if (flag(stage, "silence").orElse(false)) {
            if (stage.size() > 2) {
                throw new PlanException("silence has days and nothing else.");
            }
            return Optional.empty();
        }
        double requests = number(stage, "requests_an_hour", 0) * days * HOURS_A_DAY;
        if (!(requests >= 0.5 && requests <= Integer.MAX_VALUE)) {
            throw new PlanException("a stage needs requests_an_hour, enough for one request in its days.");
        }
        ObjectNode group = stage.deepCopy();
        group.remove(List.of("silence", "requests_an_hour"));
        group.put("requests", (int) Math.round(requests));
        group.put("from_day", fromDay);
        if (!group.has("new_accounts")) {
            // An account that may sign up later would begin later.
            group.put("new_accounts", false);
        }
        return Optional.of(group(group, "the stage"));
    }

    private static PlanGroup group(JsonNode node, String where) {
        if (!node.isObject()) {
            throw new PlanException("it must be a mapping such as {persona: chat-user, accounts: 10, requests: 50}.");
        }
        knownKeys(node, GROUP_KEYS, where);
        PlanGroup.Range requests = range(node);
        return new PlanGroup(
                kind(node),
                (int) whole(node, "accounts", 1),
                requests,
                share(node),
                names(node, "cover"),
                campaign(node, where),
                node.has("team") ? Optional.of((int) whole(node, "team", 1)) : Optional.empty(),
                number(node, "from_day", 0),
                node.has("days") ? Optional.of(number(node, "days", 1)) : Optional.empty(),
                text(node, "timing"),
                flag(node, "new_accounts"),
                together(node),
                evasion(node, where),
                signedUp(node),
                footing(node));
    }

    private static String kind(JsonNode node) {
        Optional<String> persona = text(node, "persona");
        Optional<String> behaviour = text(node, "behaviour");
        if (persona.isPresent() == behaviour.isPresent()) {
            throw new PlanException("it needs either persona (honest) or behaviour (hostile).");
        }
        Label wanted = persona.isPresent() ? Label.HONEST : Label.HOSTILE;
        String name = persona.or(() -> behaviour).orElseThrow();
        Behaviour found = Kinds.named(name);
        if (found.label() != wanted) {
            throw new PlanException(name + " is " + found.label().word() + ", so name it as "
                    + (found.label() == Label.HONEST ? "persona." : "behaviour."));
        }
        return name;
    }

    private static PlanGroup.Range range(JsonNode node) {
        JsonNode requests = node.get("requests");
        if (requests == null) {
            throw new PlanException("requests is missing; give a number or [least, most].");
        }
        if (requests.isArray()
                && requests.size() == 2
                && requests.get(0).isInt()
                && requests.get(1).isInt()) {
            return new PlanGroup.Range(
                    requests.get(0).intValue(), requests.get(1).intValue());
        }
        if (requests.isInt()) {
            return new PlanGroup.Range(requests.intValue(), requests.intValue());
        }
        throw new PlanException("requests must be a whole number or [least, most].");
    }

    private static PlanGroup.Share share(JsonNode node) {
        JsonNode share = node.get("share");
        if (share == null) {
            return PlanGroup.usualShare(kind(node));
        }
        if (share.isArray()
                && share.size() == 2
                && share.get(0).isNumber()
                && share.get(1).isNumber()) {
            return new PlanGroup.Share(share.get(0).doubleValue(), share.get(1).doubleValue());
        }
        if (share.isNumber()) {
            return new PlanGroup.Share(share.doubleValue(), share.doubleValue());
        }
        throw new PlanException("share must be a number or [least, most].");
    }

    private static List<String> names(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            return List.of("chat-user");
        }
        List<String> names = new ArrayList<>();
        if (value.isTextual()) {
            names.add(value.textValue());
        } else if (value.isArray()) {
            for (JsonNode item : value) {
                if (!item.isTextual()) {
                    throw new PlanException(key + " must be a name or a list of names.");
                }
                names.add(item.textValue());
            }
        } else {
            throw new PlanException(key + " must be a name or a list of names.");
        }
        return names;
    }

    private static Optional<CampaignPlan> campaign(JsonNode node, String where) {
        JsonNode campaign = node.get("campaign");
        if (campaign == null) {
            return Optional.empty();
        }
        if (campaign.isTextual()) {
            return Optional.of(new CampaignPlan(campaign.textValue(), Deal.ROUND_ROBIN));
        }
        if (!campaign.isObject()) {
            throw new PlanException("campaign must be a name or a mapping such as {name: north, deal: random}.");
        }
        knownKeys(campaign, CAMPAIGN_KEYS, where + ".campaign");
        String name = text(campaign, "name").orElseThrow(() -> new PlanException("campaign needs a name."));
        return Optional.of(new CampaignPlan(
                name,
                word(campaign, "deal", "campaign.deal", Deal.values(), Deal::word, Deal.ROUND_ROBIN),
                campaign.has("active") ? Optional.of((int) whole(campaign, "active", 1)) : Optional.empty(),
                word(campaign, "template", "campaign.template", Template.values(), Template::word, Template.OWN),
                word(campaign, "parameters", "campaign.parameters", new String[] {"own", "ordinary"}, w -> w, "own")
                        .equals("ordinary")));
    }

    /** One of some things by its word. */
    private static <T> T word(
            JsonNode node, String key, String name, T[] known, Function<T, String> word, T otherwise) {
        Optional<String> written = text(node, key);
        if (written.isEmpty()) {
            return otherwise;
        }
        for (T one : known) {
            if (word.apply(one).equals(written.get())) {
                return one;
            }
        }
        List<String> words = Arrays.stream(known).map(word).toList();
        throw new PlanException(name + " must be one of " + String.join(", ", words) + ", and "
                + Quoted.of(written.get()) + " is none of them.");
    }

    private static Optional<PlanGroup.Days> signedUp(JsonNode node) {
        JsonNode days = node.get("signed_up");
        if (days == null) {
            return Optional.empty();
        }
        if (days.isArray()
                && days.size() == 2
                && days.get(0).isNumber()
                && days.get(1).isNumber()) {
            return Optional.of(
                    new PlanGroup.Days(days.get(0).doubleValue(), days.get(1).doubleValue()));
        }
        throw new PlanException("signed_up must be [least, most] days before the beginning.");
    }

    private static Optional<Footing> footing(JsonNode node) {
        return node.has("footing")
                ? Optional.of(word(
                        node,
                        "footing",
                        "footing",
                        new Footing[] {Footing.HOME, Footing.OFFICE, Footing.CLOUD},
                        one -> one.name().toLowerCase(Locale.ROOT),
                        Footing.HOME))
                : Optional.empty();
    }

    private static Optional<Disguise> evasion(JsonNode node, String where) {
        JsonNode evasion = node.get("evasion");
        if (evasion == null) {
            return Optional.empty();
        }
        if (!evasion.isObject()) {
            throw new PlanException("evasion must be a mapping such as {name: mixing, strength: 0.5}.");
        }
        knownKeys(evasion, new TreeSet<>(List.of("name", "strength", "claims")), where + ".evasion");
        Guise guise = text(evasion, "claims").map(PlanReader::guise).orElse(Guise.NONE);
        Optional<String> name = text(evasion, "name");
        if (name.isEmpty()) {
            if (guise.parts().isEmpty() || evasion.has("strength")) {
                throw new PlanException("evasion needs a name, or claims.");
            }
            return Optional.of(Disguise.claiming(guise));
        }
        Evasion found = Evasions.named(name.get())
                .orElseThrow(() -> new PlanException("there is no evasion " + Quoted.of(name.get())
                        + Suggestion.word(name.get(), Evasions.names())
                                .map(meant -> "; did you mean " + meant + "?")
                                .orElse("; there are " + String.join(", ", Evasions.names()) + ".")));
        double strength = number(evasion, "strength", 1);
        if (!(strength >= 0 && strength <= 1)) {
            throw new PlanException("evasion.strength must be between 0 and 1.");
        }
        return Optional.of(new Disguise(found, strength, guise));
    }

    private static Guise guise(String claims) {
        return Guise.read(claims)
                .orElseThrow(() -> new PlanException("there are no claims " + Quoted.of(claims) + "; join some of "
                        + String.join(", ", ForgedClaims.names()) + " and " + Guise.ALL
                        + " by '+', with a share where it matters, as in enduser+repeat=0.2."));
    }

    private static Map<String, Integer> together(JsonNode node) {
        JsonNode together = node.get("together");
        if (together == null) {
            return Map.of();
        }
        if (!together.isObject()) {
            throw new PlanException("together must be a mapping such as {payment: 3, network: 10}.");
        }
        Map<String, Integer> tokens = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : together.properties()) {
            if (!entry.getValue().isInt()) {
                throw new PlanException("together." + Quoted.of(entry.getKey()) + " must be a whole number.");
            }
            tokens.put(entry.getKey(), entry.getValue().intValue());
        }
        return tokens;
    }

    private static Instant start(JsonNode root) {
        Optional<String> start = text(root, "start");
        if (start.isEmpty()) {
            return SimulationPlan.DEFAULT_START;
        }
        try {
            return Instant.parse(start.get());
        } catch (DateTimeException e) {
            throw new PlanException(
                    "start must be a time such as 2026-09-21T00:00:00Z, and " + Quoted.of(start.get()) + " is none.");
        }
    }

    static void knownKeys(JsonNode node, Set<String> known, String where) {
        for (Iterator<String> it = node.fieldNames(); it.hasNext(); ) {
            String key = it.next();
            if (!known.contains(key)) {
                String hint = Suggestion.word(key, known)
                        .map(meant -> "did you mean " + meant + "?")
                        .orElse("there are " + String.join(", ", known) + ".");
                throw new PlanException(where + ": unknown key " + Quoted.of(key) + "; " + hint);
            }
        }
    }

    private static Optional<String> text(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new PlanException(key + " must be text.");
        }
        return Optional.of(value.textValue());
    }

    private static Optional<Boolean> flag(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw new PlanException(key + " must be true or false.");
        }
        return Optional.of(value.booleanValue());
    }

    private static double number(JsonNode node, String key, double otherwise) {
        JsonNode value = node.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new PlanException(key + " must be a number.");
        }
        return value.doubleValue();
    }

    static long whole(JsonNode node, String key, long otherwise) {
        JsonNode value = node.get(key);
        if (value == null) {
            return otherwise;
        }
        boolean fits = key.equals("seed") ? value.canConvertToLong() : value.canConvertToInt();
        if (!value.isIntegralNumber() || !fits) {
            throw new PlanException(key + " must be a whole number.");
        }
        return value.longValue();
    }
}
