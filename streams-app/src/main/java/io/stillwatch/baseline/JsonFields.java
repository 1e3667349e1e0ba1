package io.stillwatch.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.profile.sketch.PromptMean;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Reads and writes the fields that files of this package have in common; says which file and field is wrong. */
final class JsonFields {
    /** Rounding to these digits moves no comparison by more than a thousandth of its unit. */
    private static final MathContext DIGITS = new MathContext(5);

    private final String file;

    JsonFields(String file) {
        this.file = file;
    }

    BaselineException wrong(String what) {
        return new BaselineException(file + ": " + what);
    }

    JsonNode required(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            throw wrong("the field " + field + " is missing; write the file anew with this release");
        }
        return value;
    }

    String text(JsonNode object, String field) {
        JsonNode value = required(object, field);
        if (!value.isTextual()) {
            throw wrong("the field " + field + " must be a string");
        }
        return value.textValue();
    }

    long whole(JsonNode object, String field) {
        JsonNode value = required(object, field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw wrong("the field " + field + " must be a whole number from 0 upwards");
        }
        return value.longValue();
    }

    double number(JsonNode object, String field) {
        JsonNode value = required(object, field);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong("the field " + field + " must be a number");
        }
        return value.doubleValue();
    }

    double[] numbers(JsonNode object, String field) {
        JsonNode value = required(object, field);
        double[] numbers = new double[value.size()];
        for (int at = 0; at < numbers.length; at++) {
            if (!value.get(at).isNumber() || !Double.isFinite(value.get(at).doubleValue())) {
                throw wrong("the field " + field + " must be a list of numbers");
            }
            numbers[at] = value.get(at).doubleValue();
        }
        return numbers;
    }

    double[] components(JsonNode object, String field) {
        double[] components = numbers(object, field);
        if (components.length != PromptMean.DIMENSIONS) {
            throw wrong("the field " + field + " must have " + PromptMean.DIMENSIONS + " numbers, not "
                    + components.length);
        }
        return components;
    }

    Atom atom(JsonNode object) {
        String kind = text(object, "kind");
        String name = text(object, "name");
        long prompts = whole(object, "prompts");
        if (prompts == 0 || name.isBlank()) {
            throw wrong("an atom needs a name and prompts of at least 1");
        }
        PromptMean mean = new PromptMean(prompts, components(object, "mean"), number(object, "squared_norm"));
        if (!mean.isOfPrompts()) {
            throw wrong("the field mean is no mean of prompts: its numbers are too large");
        }
        return new Atom(
                Atom.Kind.named(kind)
                        .orElseThrow(() ->
                                wrong("there is no kind '" + kind + "' of atoms; the kinds are " + Atom.Kind.ids())),
                name,
                text(object, "source"),
                mean,
                Optional.ofNullable(object.get("terms")).map(this::terms));
    }

    private Terms terms(JsonNode object) {
        return new Terms(whole(object, "requests_a_day"), whole(object, "end_users"), whole(object, "expires_ms"));
    }

    static void write(ObjectNode object, Atom atom) {
        object.put("kind", atom.kind().id());
        object.put("name", atom.name());
        object.put("source", atom.source());
        object.put("prompts", atom.mean().prompts());
        object.put("squared_norm", rounded(atom.mean().squaredNorm()));
        write(object.putArray("mean"), atom.mean().components());
        atom.terms()
                .ifPresent(terms -> object.putObject("terms")
                        .put("requests_a_day", terms.requestsADay())
                        .put("end_users", terms.endUsers())
                        .put("expires_ms", terms.expiresMs()));
    }

    static void write(ArrayNode array, double[] numbers) {
        for (double number : numbers) {
            array.add(rounded(number));
        }
    }

    private static double rounded(double number) {
        return new BigDecimal(number).round(DIGITS).doubleValue();
    }
}
