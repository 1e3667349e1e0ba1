package io.stillwatch.signature;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.SimpleType;
import io.stillwatch.profile.EntityType;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.SoughtRequests;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.yaml.YamlDocument;
import io.stillwatch.yaml.YamlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads a signature from YAML, one signature a file. */
public final class SignatureReader {
    /** The longest file; the longest that ships has 6 kB. Characters. */
    public static final int LONGEST_FILE = 64 << 10;

    /** The longest id. Characters. */
    public static final int LONGEST_ID = 100;

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+");
    private static final Duration SHORTEST_WINDOW = Duration.ofHours(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);
    private static final Duration SOUGHT_WINDOW = Duration.ofDays(SoughtRequests.DAYS);
    private static final String SOUGHT_WINDOW_NAME = "P" + SoughtRequests.DAYS + "D";
    private static final Duration LONGEST_IN_HOURS = Duration.ofDays(2);

    private record Document(
            String id,
            Integer version,
            String title,
            String description,
            Severity severity,
            SignatureStatus status,
            String entity,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> window,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> parts,

            JsonNode minimum,
            String condition,
            String score,
            List<String> evidence,
            List<String> atlas,
            List<String> owasp,
            List<String> falsePositives,
            List<String> references,
            DocumentExamples examples) {}

    private record DocumentExamples(List<DocumentExample> match, List<DocumentExample> noMatch, JsonNode timelines) {}

    private record DocumentExample(String about, String like, Map<String, Double> features) {}

    private SignatureReader() {}

    /**
     * Reads and compiles a signature. Anybody may have written it: its size is bounded before it is parsed, and whatever
     * it makes a parser do comes out as one exception.
     *
     * @param source name of the file, for messages
     * @throws SignatureException naming the source, the line and what to mend
     */
    public static CompiledSignature read(String source, String yaml) {
        if (yaml.length() > LONGEST_FILE) {
            throw tooLong(source);
        }
        try {
            YamlDocument text = YamlDocument.read(yaml);
            if (text.root().isMissingNode() || text.root().isNull()) {
                throw new SignatureException(source + ":1: the file is empty");
            }
            return new Validator(source, text, text.as(Document.class)).compile();
        } catch (YamlException e) {
            throw new SignatureException(source + ":" + e.line() + ": " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new SignatureException(source + ":1: the file is nested too deeply to be read");
        }
    }

    /**
     * Reads and compiles the signature in a file, of which no more is read than a signature may be long.
     *
     * @throws SignatureException naming the file, the line and what to mend
     */
    public static CompiledSignature read(Path file) {
        return read(file.toString(), text(file));
    }

    /**
     * The text of a signature's file.
     *
     * @throws SignatureException where it is no UTF-8 text, or longer than {@link #LONGEST_FILE}
     */
    public static String text(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST_FILE + 1);
        } catch (IOException e) {
            throw new SignatureException(file + ":1: the file cannot be read");
        }
        if (bytes.length > LONGEST_FILE) {
            throw tooLong(file.toString());
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SignatureException(file + ":1: the file is no UTF-8 text");
        }
    }

    private static SignatureException tooLong(String source) {
        return new SignatureException(source + ":1: the file is longer than " + (LONGEST_FILE >> 10)
                + " kB, which no signature needs; is it another file?");
    }

    /** Checks the keys one by one, so that a message can point at the line of the key it is about. */
    private record Validator(String source, YamlDocument text, Document document) {
        CompiledSignature compile() {
            required("id", document.id());
            if (document.id().length() > LONGEST_ID) {
                throw at("/id", "the id is longer than " + LONGEST_ID + " characters");
            }
            if (!ID.matcher(document.id()).matches()) {
                throw at("/id", "the id must be lower-case words joined by hyphens");
            }
            required("version", document.version());
            required("title", document.title());
            required("severity", document.severity());
            required("condition", document.condition());
            required("score", document.score());
            required("evidence", document.evidence());
            noGaps("/window", document.window());
            noGaps("/parts", document.parts());
            noGaps("/evidence", document.evidence());
            noGaps("/atlas", document.atlas());
            noGaps("/owasp", document.owasp());
            noGaps("/false_positives", document.falsePositives());
            noGaps("/references", document.references());
            if (document.examples() != null) {
                noGaps("/examples/match", document.examples().match());
                noGaps("/examples/no_match", document.examples().noMatch());
            }
            String entity = Optional.ofNullable(document.entity()).orElse("account");
            if (!entity.equals(EntityType.ACCOUNT) && !entity.equals(EntityType.CAMPAIGN)) {
                throw at("/entity", "the entity must be account or campaign");
            }
            List<Duration> windows = windows();
            List<Part> parts = parts();
            if (parts.contains(Part.SOUGHT)
                    && !(entity.equals(EntityType.ACCOUNT) && windows.contains(SOUGHT_WINDOW))) {
                throw at("/parts", "the part `sought` is kept of accounts, for the window " + SOUGHT_WINDOW_NAME);
            }
            Map<Duration, Long> minimums = minimums(windows);
            Signature signature = new Signature(
                    document.id(),
                    document.version(),
                    document.title(),
                    Optional.ofNullable(document.description()).orElse("").strip(),
                    document.severity(),
                    Optional.ofNullable(document.status()).orElse(SignatureStatus.STABLE),
                    entity,
                    windows,
                    parts,
                    minimums.values().stream().mapToLong(Long::longValue).min().orElse(1),
                    minimums,
                    document.condition().strip(),
                    document.score().strip(),
                    document.evidence(),
                    orEmpty(document.atlas()),
                    orEmpty(document.owasp()),
                    orEmpty(document.falsePositives()),
                    orEmpty(document.references()),
                    examples());
            for (String feature : signature.evidence()) {
                checkFeature("/evidence", feature);
            }
            compiles("/score", signature.score());
            return compiled(signature);
        }

        private CompiledSignature compiled(Signature signature) {
            try {
                return CompiledSignature.of(signature);
            } catch (SignatureException e) {
                throw at("/condition", e.getMessage());
            }
        }

        private void compiles(String place, String expression) {
            try {
                Expressions.parse(expression, SimpleType.DOUBLE);
            } catch (SignatureException e) {
                throw at(place, e.getMessage());
            }
        }

        private List<Duration> windows() {
            required("window", document.window());
            List<Duration> windows = document.window().stream()
                    .map(this::window)
                    .sorted()
                    .distinct()
                    .toList();
            if (windows.isEmpty()) {
                throw at("/window", "the window must be an ISO-8601 duration such as PT24H, or a list of such");
            }
            return windows;
        }

        private Duration window(String text) {
            Duration window;
            try {
                window = Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw at("/window", "the window must be an ISO-8601 duration such as PT24H");
            }
            boolean wholeHours =
                    window.compareTo(LONGEST_IN_HOURS) <= 0 && window.equals(Duration.ofHours(window.toHours()));
            boolean wholeDays = window.equals(Duration.ofDays(window.toDays()));
            if (window.compareTo(SHORTEST_WINDOW) < 0
                    || window.compareTo(LONGEST_WINDOW) > 0
                    || !wholeHours && !wholeDays) {
                throw at("/window", "the window must be whole hours from PT1H to PT48H or whole days up to P30D");
            }
            return window;
        }

        /** One number for all windows, or one for each. */
        private Map<Duration, Long> minimums(List<Duration> windows) {
            JsonNode minimum = document.minimum();
            Map<Duration, Long> minimums = new LinkedHashMap<>();
            for (Duration window : windows) {
                minimums.put(window, 1L);
            }
            if (minimum != null && minimum.isIntegralNumber()) {
                minimums.replaceAll((window, unset) -> minimum.longValue());
            } else if (minimum != null && minimum.isObject() && minimum.size() == windows.size()) {
                minimum.properties().forEach(entry -> {
                    Duration window = window(entry.getKey());
                    if (!windows.contains(window) || !entry.getValue().isIntegralNumber()) {
                        throw at(
                                "/minimum",
                                "the minimum of " + entry.getKey() + " is of no window of the signature,"
                                        + " or is no whole number");
                    }
                    minimums.put(window, entry.getValue().longValue());
                });
            } else if (minimum != null) {
                throw at(
                        "/minimum",
                        "the minimum must be a whole number of requests, or one for each window, as in"
                                + " {PT24H: 150, P7D: 300}");
            }
            return Collections.unmodifiableMap(minimums);
        }

        private List<Part> parts() {
            if (document.parts() == null) {
                return List.of(Part.WHOLE);
            }
            return document.parts().stream()
                    .map(id -> Part.named(id)
                            .orElseThrow(() -> at("/parts", "there is no part `" + id + "`; there are " + Part.ids())))
                    .distinct()
                    .toList();
        }

        private Signature.Examples examples() {
            if (document.examples() == null) {
                return new Signature.Examples(List.of(), List.of(), List.of());
            }
            return new Signature.Examples(
                    examples("/examples/match", document.examples().match()),
                    examples("/examples/no_match", document.examples().noMatch()),
                    timelines(document.examples().timelines()));
        }

        private List<Signature.Example> examples(String place, List<DocumentExample> list) {
            List<Signature.Example> examples = new ArrayList<>();
            for (DocumentExample example : orEmpty(list)) {
                examples.add(example(place + "/" + examples.size(), example));
            }
            return examples;
        }

        private List<RawTimeline> timelines(JsonNode list) {
            String place = "/examples/timelines";
            if (list == null || list.isNull()) {
                return List.of();
            }
            if (!list.isArray()) {
                throw at(place, "timelines must be a list");
            }
            List<RawTimeline> timelines = new ArrayList<>();
            for (JsonNode timeline : list) {
                String entry = place + "/" + timelines.size();
                timelines.add(new RawTimeline(
                        timeline,
                        text.line(entry),
                        IntStream.range(0, timeline.path("stages").size())
                                .map(stage -> text.line(entry + "/stages/" + stage))
                                .boxed()
                                .toList()));
            }
            return timelines;
        }

        private Signature.Example example(String place, DocumentExample example) {
            Map<String, Double> features = new TreeMap<>();
            if (example.like() != null) {
                features.putAll(Archetypes.bundled()
                        .named(example.like())
                        .orElseThrow(() -> at(
                                place + "/like",
                                "there is no archetype `" + example.like() + "`; there are "
                                        + Archetypes.bundled().names())));
            }
            if (example.features() != null) {
                example.features().keySet().forEach(feature -> checkFeature(place + "/features/" + feature, feature));
                features.putAll(example.features());
            }
            return new Signature.Example(
                    Optional.ofNullable(example.about()).orElse(""), Collections.unmodifiableMap(features));
        }

        private void checkFeature(String place, String feature) {
            if (Features.named(feature).isEmpty()) {
                throw at(
                        place,
                        "unknown feature `" + feature + "`"
                                + Expressions.closest(feature)
                                        .map(near -> "; did you mean `" + near + "`?")
                                        .orElse(""));
            }
        }

        private static <T> List<T> orEmpty(List<T> list) {
            return list == null ? List.of() : List.copyOf(list);
        }

        private void required(String key, Object value) {
            if (value == null || value instanceof String text && text.isBlank()) {
                throw new SignatureException(source + ":1: the key `" + key + "` is missing");
            }
        }

        private void noGaps(String place, List<?> list) {
            int gap = list == null ? -1 : list.indexOf(null);
            if (gap >= 0) {
                throw at(
                        place + "/" + gap,
                        "an entry of `" + place.substring(place.lastIndexOf('/') + 1)
                                + "` is empty; give it a value or remove it");
            }
        }

        private SignatureException at(String place, String message) {
            return new SignatureException(source + ":" + text.line(place) + ": " + message);
        }
    }
}
