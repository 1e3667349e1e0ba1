package io.stillwatch.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.profile.feature.Bar;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bars within a baseline's file. */
final class BarsJson {
    private static final String FIELD = "error_budget";

    private BarsJson() {}

    /** A baseline for which nobody set a budget has none. */
    static Bars read(JsonFields fields, JsonNode root) {
        if (!root.has(FIELD)) {
            return Bars.NONE;
        }
        JsonNode node = root.get(FIELD);
        SortedMap<String, Bars.OfSignature> bars = new TreeMap<>();
        JsonNode signatures = fields.required(node, "bars");
        signatures.fieldNames().forEachRemaining(id -> bars.put(id, signature(fields, signatures.get(id))));
        try {
            return new Bars(
                    Optional.of(new ErrorBudget(
                            fields.number(node, "above_low"),
                            fields.number(node, "low"),
                            fields.number(node, "contamination"))),
                    bars);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("the field " + FIELD + ": " + e.getMessage());
        }
    }

    private static Bars.OfSignature signature(JsonFields fields, JsonNode node) {
        Map<Cohort, Double> cohorts = new HashMap<>();
        JsonNode own = fields.required(node, "cohorts");
        for (Cohort cohort : Cohort.all()) {
            if (own.has(cohort.id())) {
                cohorts.put(cohort, bar(fields, own, cohort.id()));
            }
        }
        return new Bars.OfSignature(
                Math.toIntExact(Math.min(Integer.MAX_VALUE, fields.whole(node, "version"))),
                measure(fields, fields.text(node, "measure")),
                bar(fields, node, "others"),
                cohorts);
    }

    private static Bar.Measure measure(JsonFields fields, String name) {
        return Arrays.stream(Bar.Measure.values())
                .filter(measure -> id(measure).equals(name))
                .findFirst()
                .orElseThrow(() -> fields.wrong("a bar is put to the margin or the score, not to '" + name + "'"));
    }

    private static double bar(JsonFields fields, JsonNode node, String field) {
        double least = fields.number(node, field);
        if (least < 0 || least > 1) {
            throw fields.wrong("the bar " + field + " must lie between 0 and 1: no baseline may loosen a signature");
        }
        return least;
    }

    static String id(Bar.Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }

    static void write(ObjectNode root, Bars bars) {
        bars.budget().ifPresent(budget -> {
            ObjectNode node = root.putObject(FIELD);
            node.put("above_low", budget.aboveLow());
            node.put("low", budget.low());
            node.put("contamination", budget.contamination());
            ObjectNode signatures = node.putObject("bars");
            bars.bySignature().forEach((id, bar) -> {
                ObjectNode one = signatures.putObject(id);
                one.put("version", bar.version());
                one.put("measure", id(bar.measure()));
                one.put("others", bar.others());
                ObjectNode cohorts = one.putObject("cohorts");
                for (Cohort cohort : Cohort.all()) {
                    if (bar.cohorts().containsKey(cohort)) {
                        cohorts.put(cohort.id(), bar.cohorts().get(cohort));
                    }
                }
            });
        });
    }
}
