package io.stillwatch.signature;

import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.text.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Signatures with published definitions laid over them by id.
 *
 * @param signatures what is in effect
 * @param skipped by id, in one sentence, why a definition is not; the signature of that id that was given stays in effect
 */
public record SignatureOverlay(SignatureSet signatures, Map<String, String> skipped) {

    /** Lays definitions over signatures; depends on nothing but the two. */
    public static SignatureOverlay of(SignatureSet given, Collection<SignatureDefinition> definitions) {
        return of(given, definitions, new Readings());
    }

    /**
     * The same, where most of the definitions have been read before.
     *
     * @param readings what they were read as; takes note of the others, and forgets those that are no more
     */
    public static SignatureOverlay of(
            SignatureSet given, Collection<SignatureDefinition> definitions, Readings readings) {
        List<CompiledSignature> over = new ArrayList<>();
        Set<String> disabled = new HashSet<>();
        Map<String, String> skipped = new TreeMap<>();
        Map<String, Readings.Reading> read = new HashMap<>();
        for (SignatureDefinition definition : definitions) {
            String id = definition.getId();
            if (id.length() > SignatureReader.LONGEST_ID) {
                skipped.put(
                        id,
                        "published " + Printable.identifier(id) + ": its id is longer than "
                                + SignatureReader.LONGEST_ID + " characters");
            } else if (definition.getDisabled()) {
                disabled.add(id);
            } else {
                Readings.Reading reading = readings.of(definition);
                read.put(id, reading);
                reading.signature().ifPresentOrElse(over::add, () -> skipped.put(id, reading.problem()));
            }
        }
        readings.keep(read);
        return new SignatureOverlay(given.overlaid(over, disabled), skipped);
    }

    /** What definitions were read as: reading one takes up to a second, and there may be hundreds. Not thread-safe. */
    public static final class Readings {
        private Map<String, Reading> byId = Map.of();

        private record Reading(String yaml, Optional<CompiledSignature> signature, String problem) {}

        private Reading of(SignatureDefinition definition) {
            Reading before = byId.get(definition.getId());
            return before != null && before.yaml().equals(definition.getYaml()) ? before : read(definition);
        }

        private void keep(Map<String, Reading> readings) {
            byId = readings;
        }

        private static Reading read(SignatureDefinition definition) {
            String yaml = definition.getYaml();
            String source = "published " + definition.getId();
            try {
                CompiledSignature compiled = SignatureReader.read(source, yaml);
                String id = compiled.signature().id();
                return id.equals(definition.getId())
                        ? new Reading(yaml, Optional.of(compiled), "")
                        : new Reading(
                                yaml,
                                Optional.empty(),
                                source + ": its file has the id " + id + "; publish it under that");
            } catch (SignatureException e) {
                return new Reading(yaml, Optional.empty(), e.getMessage());
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                // Anybody who may write to the topic decides what is in it; nothing of that may stop the pipeline.
                return new Reading(
                        yaml, Optional.empty(), source + ": it cannot be read: " + Printable.escape(e.toString()));
            }
        }
    }
}
