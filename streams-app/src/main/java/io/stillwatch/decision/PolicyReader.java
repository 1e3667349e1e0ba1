package io.stillwatch.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.signature.Severity;
import io.stillwatch.yaml.YamlDocument;
import io.stillwatch.yaml.YamlException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a policy from YAML. */
public final class PolicyReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+");
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration LONGEST_DELAY = Duration.ofDays(7);
    private static final double HIGHEST_RATE = 1_000_000;
    private static final int MOST_RULES = 100;
    private static final Measure CHALLENGE = new Measure(DecisionAction.CHALLENGE, 0);

    private final String source;
    private final YamlDocument document;
    private final JsonNode root;

    private PolicyReader(String source, YamlDocument document) {
        this.source = source;
        this.document = document;
        this.root = document.root();
    }

    /**
     * Reads a policy.
     *
     * @param source name of the file, for messages
     * @throws PolicyException naming the source, the line, the key and what to mend
     */
    public static Policy read(String source, String yaml) {
        YamlDocument document;
        try {
            document = YamlDocument.read(yaml);
        } catch (YamlException e) {
            throw new PolicyException(source + ":" + e.line() + ": " + e.getMessage());
        }
        if (!document.root().isObject()) {
            throw new PolicyException(source + ":1: a policy is a list of keys, such as `name: my-policy`");
        }
        return new PolicyReader(source, document).policy();
    }

    private Policy policy() {
        keys("", "name", "version", "mode", "rules", "ceiling", "delay", "look_ups");
        String name = name("/name");
        int version = (int) whole("/version", 1, Integer.MAX_VALUE);
        Policy.Mode mode = choice("/mode", Policy.Mode.class);
        JsonNode list = required("/rules");
        if (!list.isArray() || list.size() > MOST_RULES) {
            throw at("/rules", "`rules` must be a list of at most " + MOST_RULES + " rules");
        }
        List<PolicyRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int number = 0; number < list.size(); number++) {
            PolicyRule rule = rule("/rules/" + number);
            if (!names.add(rule.name())) {
                throw at("/rules/" + number + "/name", "there is another rule `" + rule.name() + "`");
            }
            rules.add(rule);
        }
        boolean blocks = rules.stream().anyMatch(rule -> rule.measure().action() == DecisionAction.BLOCK);
        if (blocks && value("/ceiling").isEmpty()) {
            throw at(
                    "/rules",
                    "a rule blocks, so the key `ceiling` is missing; it says how many accounts may be blocked an hour");
        }
        return new Policy(name, version, mode, rules, ceiling(), delay(), lookUps());
    }

    private PolicyRule rule(String place) {
        keys(place, "name", "severity", "score", "entity", "confidence", "signatures", "action", "rate", "valid");
        String name = name(place + "/name");
        Severity severity = value(place + "/severity").isEmpty()
                ? Severity.INFORMATIONAL
                : choice(place + "/severity", Severity.class);
        Measure measure = measure(place);
        if (measure.action() == DecisionAction.BLOCK && severity.compareTo(Severity.MEDIUM) < 0) {
            throw at(
                    place,
                    "a rule that blocks needs `severity: medium` or more: a low alert says that nobody vouches for an account,"
                            + " not that it harvests");
        }
        PolicyRule.Entity entity = value(place + "/entity").isEmpty()
                ? PolicyRule.Entity.ANY
                : choice(place + "/entity", PolicyRule.Entity.class);
        return new PolicyRule(
                name,
                severity,
                share(place + "/score"),
                entity,
                share(place + "/confidence"),
                signatures(place + "/signatures"),
                measure,
                duration(place + "/valid", SHORTEST, LONGEST));
    }

    private Measure measure(String place) {
        DecisionAction action = choice(place + "/action", DecisionAction.class);
        Optional<JsonNode> rate = value(place + "/rate");
        if (action != DecisionAction.THROTTLE) {
            if (rate.isPresent()) {
                throw at(place + "/rate", "a `rate` belongs to the action throttle only");
            }
            return new Measure(action, 0);
        }
        if (rate.isEmpty()) {
            throw at(place + "/action", "throttling needs a `rate` in requests a minute");
        }
        double number = rate.get().isNumber() ? rate.get().doubleValue() : Double.NaN;
        if (!(number > 0 && number <= HIGHEST_RATE)) {
            throw at(place + "/rate", "`rate` must be a number of requests a minute above 0, at most 1000000");
        }
        return new Measure(action, number);
    }

    private Set<String> signatures(String place) {
        Set<String> ids = new LinkedHashSet<>();
        value(place).ifPresent(list -> {
            if (!list.isArray() || list.isEmpty()) {
                throw at(place, "`signatures` must be a list of ids; leave it out for any");
            }
            list.forEach(id -> {
                if (!id.isTextual() || !NAME.matcher(id.textValue()).matches()) {
                    throw at(place, "an id of a signature is lower-case words joined by hyphens");
                }
                ids.add(id.textValue());
            });
        });
        return ids;
    }

    private Policy.Ceiling ceiling() {
        if (value("/ceiling").isEmpty()) {
            return new Policy.Ceiling(0, CHALLENGE);
        }
        keys("/ceiling", "blocks_an_hour", "beyond");
        int blocks = (int) whole("/ceiling/blocks_an_hour", 0, Integer.MAX_VALUE);
        if (value("/ceiling/beyond").isEmpty()) {
            return new Policy.Ceiling(blocks, CHALLENGE);
        }
        keys("/ceiling/beyond", "action", "rate");
        Measure beyond = measure("/ceiling/beyond");
        if (beyond.action() == DecisionAction.BLOCK) {
            throw at("/ceiling/beyond/action", "what is done beyond the ceiling must be milder than block");
        }
        return new Policy.Ceiling(blocks, beyond);
    }

    private Optional<Policy.Delay> delay() {
        if (value("/delay").isEmpty()) {
            return Optional.empty();
        }
        keys("/delay", "from", "to", "key_file");
        Duration least = duration("/delay/from", Duration.ZERO, LONGEST_DELAY);
        Duration most = duration("/delay/to", Duration.ZERO, LONGEST_DELAY);
        if (most.compareTo(least) < 0) {
            throw at("/delay/to", "`to` must not be shorter than `from`");
        }
        Optional<String> file = value("/delay/key_file").map(node -> {
            if (!node.isTextual() || node.textValue().isBlank()) {
                throw at("/delay/key_file", "`key_file` must be the name of a file");
            }
            return node.textValue();
        });
        return Optional.of(new Policy.Delay(least, most, file));
    }

    private Policy.LookUps lookUps() {
        if (value("/look_ups").isEmpty()) {
            return new Policy.LookUps(Policy.WhenNotReady.OPEN, 0);
        }
        keys("/look_ups", "when_not_ready", "behind");
        return new Policy.LookUps(
                choice("/look_ups/when_not_ready", Policy.WhenNotReady.class),
                value("/look_ups/behind").isEmpty() ? 0 : whole("/look_ups/behind", 1, Long.MAX_VALUE));
    }

    private Optional<JsonNode> value(String place) {
        JsonNode node = root.at(place);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private JsonNode required(String place) {
        return value(place).orElseThrow(() -> {
            int cut = place.lastIndexOf('/');
            return at(place.substring(0, cut), "the key `" + place.substring(cut + 1) + "` is missing");
        });
    }

    /** Unknown keys are errors, so that a misspelt key cannot be overlooked. */
    private void keys(String place, String... known) {
        JsonNode node = place.isEmpty() ? root : root.at(place);
        if (!node.isObject()) {
            throw at(place, "here belong the keys " + String.join(", ", new TreeSet<>(Set.of(known))));
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!Set.of(known).contains(key)) {
                String pointer = place + "/" + key.replace("~", "~0").replace("/", "~1");
                throw at(
                        pointer,
                        "there is no key `" + key + "`; known here are "
                                + String.join(", ", new TreeSet<>(Set.of(known))));
            }
        });
    }

    private String name(String place) {
        JsonNode node = required(place);
        if (!node.isTextual() || !NAME.matcher(node.textValue()).matches()) {
            throw at(place, "the " + key(place) + " must be lower-case words joined by hyphens");
        }
        return node.textValue();
    }

    private long whole(String place, long least, long most) {
        JsonNode node = required(place);
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            throw at(place, "`" + key(place) + "` must be a whole number from " + least);
        }
        return node.longValue();
    }

    private double share(String place) {
        return value(place)
                .map(node -> {
                    double share = node.isNumber() ? node.doubleValue() : Double.NaN;
                    if (!(share >= 0 && share <= 1)) {
                        throw at(place, "`" + key(place) + "` must be a number from 0 to 1");
                    }
                    return share;
                })
                .orElse(0.0);
    }

    private Duration duration(String place, Duration least, Duration most) {
        try {
            Duration duration = Duration.parse(required(place).asText());
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw at(
                place,
                "`" + key(place) + "` must be an ISO-8601 duration such as PT24H, from " + least + " to " + most);
    }

    private <E extends Enum<E>> E choice(String place, Class<E> type) {
        String text = required(place).asText();
        List<E> all = List.of(type.getEnumConstants());
        return all.stream()
                .filter(value -> word(value).equals(text))
                .findFirst()
                .orElseThrow(() -> at(
                        place,
                        "`" + key(place) + "` must be one of "
                                + all.stream().map(PolicyReader::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String key(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    private PolicyException at(String place, String message) {
        return new PolicyException(source + ":" + document.line(place) + ": " + message);
    }
}
