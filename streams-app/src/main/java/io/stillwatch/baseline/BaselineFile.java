package io.stillwatch.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.text.Reason;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A baseline as a file that people can read, too. */
public final class BaselineFile {
    private static final String FORMAT = "stillwatch-baseline/1";
    private static final MathContext DIGITS = new MathContext(6);

    private BaselineFile() {}

    /**
     * Reads one.
     *
     * @throws BaselineException when it cannot be read, with what to do
     */
    public static Baseline read(Path file) {
        return parse(file.toString(), JsonFile.read(file));
    }

    /** The one that ships, learned from simulated traffic. */
    public static Baseline bundled() {
        return parse("baseline.json", JsonFile.resource("baseline.json"));
    }

    /**
     * Reads one from its text.
     *
     * @param file what messages call it
     * @throws BaselineException when it cannot be read, with what to do
     */
    public static Baseline parse(String file, String text) {
        JsonFields fields = new JsonFields(file);
        JsonNode root = JsonFile.parse(file, text, FORMAT);
        JsonNode prompts = fields.required(root, "prompts");
        Population population;
        try {
            population = new Population(
                    new Whitening(fields.components(prompts, "mean"), fields.components(prompts, "deviation")),
                    positive(fields, prompts, "account_spread"),
                    positive(fields, prompts, "turnover"));
        } catch (IllegalArgumentException e) {
            throw fields.wrong(Reason.of(e));
        }
        List<Atom> general = new ArrayList<>();
        for (JsonNode atom : fields.required(root, "public")) {
            general.add(fields.atom(atom));
        }
        Map<Cohort, Map<String, QuantileTable>> cohorts = new HashMap<>();
        JsonNode tables = fields.required(root, "cohorts");
        for (Cohort cohort : Cohort.all()) {
            cohorts.put(cohort, tables(fields, tables.path(cohort.id())));
        }
        return new Baseline(
                fields.text(root, "id"),
                (int) fields.whole(root, "version"),
                fields.whole(root, "accounts"),
                fields.whole(root, "account_days"),
                population,
                answers(fields, root),
                evidence(fields, root),
                general,
                cohorts,
                BarsJson.read(fields, root));
    }

    /** A baseline of an earlier release has none. */
    private static AnswerLengths answers(JsonFields fields, JsonNode root) {
        if (!root.has("answer_tokens")) {
            return AnswerLengths.NONE;
        }
        JsonNode answers = root.get("answer_tokens");
        SortedMap<String, Double> byModel = new TreeMap<>();
        JsonNode models = fields.required(answers, "models");
        models.fieldNames().forEachRemaining(model -> byModel.put(model, positive(fields, models, model)));
        return new AnswerLengths(positive(fields, answers, "overall"), byModel);
    }

    /** A baseline of an earlier release has none, nor has one of few accounts. */
    private static Optional<Evidence> evidence(JsonFields fields, JsonNode root) {
        if (!root.has("evidence")) {
            return Optional.empty();
        }
        JsonNode evidence = root.get("evidence");
        try {
            return Optional.of(new Evidence(
                    fields.whole(evidence, "accounts"),
                    Arrays.stream(fields.numbers(evidence, "levels")).boxed().toList()));
        } catch (IllegalArgumentException e) {
            throw fields.wrong(Reason.of(e));
        }
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static double positive(JsonFields fields, JsonNode object, String field) {
        double value = fields.number(object, field);
        if (value <= 0) {
            throw fields.wrong("the field " + field + " must be above 0");
        }
        return value;
    }

    /** A feature that this release does not know is left out; one that the file does not know has no quantiles. */
    private static Map<String, QuantileTable> tables(JsonFields fields, JsonNode cohort) {
        Map<String, QuantileTable> tables = new HashMap<>();
        for (Feature feature : Features.all()) {
            if (cohort.has(feature.name())) {
                try {
                    tables.put(feature.name(), new QuantileTable(fields.numbers(cohort, feature.name())));
                } catch (BaselineException e) {
                    throw fields.wrong("the field " + feature.name() + ": " + e.getMessage());
                }
            }
        }
        return tables;
    }

    /** Writes one, in place of what the file held. */
    public static void write(Path file, Baseline baseline) {
        JsonFile.write(file, text(baseline));
    }

    /** The text of its file; the same for equal ones. */
    public static String text(Baseline baseline) {
        ObjectNode root = JsonFile.begin(FORMAT);
        root.put("id", baseline.id());
        root.put("version", baseline.version());
        root.put("accounts", baseline.accounts());
        root.put("account_days", baseline.accountDays());
        ObjectNode prompts = root.putObject("prompts");
        Population population = baseline.population();
        prompts.put("account_spread", population.accountSpread());
        prompts.put("turnover", population.turnover());
        JsonFields.write(prompts.putArray("mean"), population.whitening().mean());
        JsonFields.write(prompts.putArray("deviation"), population.whitening().deviation());
        if (!baseline.answers().isEmpty()) {
            ObjectNode answers = root.putObject("answer_tokens");
            answers.put("overall", rounded(baseline.answers().overall()));
            ObjectNode models = answers.putObject("models");
            baseline.answers().byModel().forEach((model, tokens) -> models.put(model, rounded(tokens)));
        }
        baseline.evidence().ifPresent(learned -> {
            ObjectNode evidence = root.putObject("evidence");
            evidence.put("accounts", learned.accounts());
            ArrayNode levels = evidence.putArray("levels");
            learned.honest().forEach(weight -> levels.add(rounded(weight)));
        });
        ArrayNode general = root.putArray("public");
        baseline.general().forEach(atom -> JsonFields.write(general.addObject(), atom));
        ObjectNode cohorts = root.putObject("cohorts");
        for (Cohort cohort : Cohort.all()) {
            ObjectNode tables = cohorts.putObject(cohort.id());
            Map<String, QuantileTable> known = baseline.cohorts().getOrDefault(cohort, Map.of());
            for (Feature feature : Features.all()) {
                if (known.containsKey(feature.name())) {
                    ArrayNode values = tables.putArray(feature.name());
                    for (double value : known.get(feature.name()).values()) {
                        values.add(value);
                    }
                }
            }
        }
        BarsJson.write(root, baseline.bars());
        return JsonFile.text(root);
    }
}
