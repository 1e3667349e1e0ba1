package io.stillwatch.signature;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.Loss;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The signatures that are run, in the order of their ids. Immutable and thread-safe. */
public final class SignatureSet {
    private static final String INDEX = "library/index.txt";
    private static final String ENROLLED = "enrolled_share";
    private static final String REPEATED = "duplicate_requests";
    private static final Comparator<Finding> STRONGEST_FIRST =
            Comparator.comparingDouble(Finding::getScore).reversed().thenComparing(Finding::getSignatureId);

    private final List<CompiledSignature> signatures;

    private SignatureSet(List<CompiledSignature> signatures) {
        Map<String, CompiledSignature> byId = new TreeMap<>();
        for (CompiledSignature signature : signatures) {
            if (byId.put(signature.signature().id(), signature) != null) {
                throw new SignatureException(
                        "two signatures have the id " + signature.signature().id() + "; rename one of them");
            }
        }
        this.signatures = List.copyOf(byId.values());
    }

    public static SignatureSet of(List<CompiledSignature> signatures) {
        return new SignatureSet(signatures);
    }

    /** The signatures that ship with the release. */
    public static SignatureSet bundled() {
        List<CompiledSignature> list = new ArrayList<>();
        for (String name : resource(INDEX).lines().map(String::strip).toList()) {
            if (!name.isEmpty()) {
                list.add(SignatureReader.read(name, resource("library/" + name)));
            }
        }
        return new SignatureSet(list);
    }

    /** The file of a signature that ships with the release, to begin one's own from; empty where none has that id. */
    public static Optional<String> bundledYaml(String id) {
        return resource(INDEX)
                .lines()
                .map(String::strip)
                .filter(name -> name.equals(id + ".yaml"))
                .findFirst()
                .map(name -> resource("library/" + name));
    }

    /**
     * The signatures of a directory: every {@code .yaml} file in it.
     *
     * @throws SignatureException when there is none, or one is not usable
     */
    public static SignatureSet of(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<CompiledSignature> list = files.filter(
                            file -> file.getFileName().toString().matches(".+\\.ya?ml"))
                    .sorted()
                    .map(SignatureReader::read)
                    .toList();
            if (list.isEmpty()) {
                throw new SignatureException(directory + " holds no signature; name a directory with .yaml files");
            }
            return new SignatureSet(list);
        } catch (IOException e) {
            throw new SignatureException(
                    "the signature directory " + directory + " cannot be read; check that it exists");
        }
    }

    private static String resource(String name) {
        try (InputStream in = SignatureSet.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled " + name + " cannot be read", e);
        }
    }

    public List<CompiledSignature> signatures() {
        return signatures;
    }

    /** The signature with an id, if there is one. */
    public Optional<CompiledSignature> named(String id) {
        return signatures.stream()
                .filter(compiled -> compiled.signature().id().equals(id))
                .findFirst();
    }

    /**
     * This set with other signatures laid over it by id.
     *
     * @param over take the place of those with the same id, or join
     * @param without ids that are not run, whether of this set or of those laid over it
     */
    public SignatureSet overlaid(Collection<CompiledSignature> over, Set<String> without) {
        Map<String, CompiledSignature> byId = new TreeMap<>();
        signatures.forEach(compiled -> byId.put(compiled.signature().id(), compiled));
        over.forEach(compiled -> byId.put(compiled.signature().id(), compiled));
        byId.keySet().removeAll(without);
        return new SignatureSet(List.copyOf(byId.values()));
    }

    /** By id, 64 bits that change (but for a chance of 2^-64) whenever anything about the signature does. */
    public Map<String, Long> revisions() {
        Map<String, Long> revisions = new TreeMap<>();
        for (CompiledSignature compiled : signatures) {
            Signature signature = compiled.signature();
            revisions.put(signature.id(), revision(signature));
        }
        return revisions;
    }

    private static long revision(Signature signature) {
        return Hash64.finish(Hash64.of(signature.toString()));
    }

    /** Those of this set that a set with other revisions has not, or has otherwise. */
    public SignatureSet changedSince(Map<String, Long> revisions) {
        return new SignatureSet(signatures.stream()
                .filter(compiled -> {
                    Long known = revisions.get(compiled.signature().id());
                    return known == null || known != revision(compiled.signature());
                })
                .toList());
    }

    /** Whether a signature with this id may alert. */
    public boolean mayAlert(String id) {
        return named(id)
                .filter(compiled -> compiled.signature().status().alerts())
                .isPresent();
    }

    /** Whether an entity has enough requests for any signature that is run; cheap, as no profile is made. */
    public boolean hasEnough(WindowedProfiles windows) {
        return signatures.stream()
                .filter(compiled -> runs(compiled, windows))
                .map(CompiledSignature::signature)
                .anyMatch(signature -> signature.windows().stream()
                        .anyMatch(window -> windows.requests(window) >= Math.max(1, signature.minimum(window))));
    }

    private static boolean runs(CompiledSignature compiled, WindowedProfiles windows) {
        Signature signature = compiled.signature();
        return signature.status().runs() && signature.entity().equals(windows.entity());
    }

    /**
     * Evaluates every signature that is run.
     *
     * @param windows the entity's profiles
     * @throws SignatureException when one cannot be evaluated
     */
    public Assessment assess(WindowedProfiles windows) {
        return assess(windows, failure -> {
            throw failure;
        });
    }

    /**
     * Evaluates every signature that is run; one that cannot be evaluated is taken not to hold.
     *
     * @param windows the entity's profiles
     * @param onFailure is told of those that cannot be evaluated
     */
    public Assessment assess(WindowedProfiles windows, Consumer<SignatureException> onFailure) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> shadowed = new ArrayList<>();
        Views views = new Views(windows);
        for (CompiledSignature compiled : signatures) {
            if (runs(compiled, windows)) {
                try {
                    finding(compiled, views)
                            .ifPresent(compiled.signature().status().alerts() ? findings::add : shadowed::add);
                } catch (SignatureException e) {
                    onFailure.accept(e);
                }
            }
        }
        findings.sort(STRONGEST_FIRST);
        shadowed.sort(STRONGEST_FIRST);
        return new Assessment(findings, shadowed);
    }

    /**
     * Which of the signatures that may alert comes nearest, for ordering accounts; costs more than {@link #assess}. Empty
     * when none may.
     */
    public Optional<Nearness> nearest(WindowedProfiles windows) {
        Views views = new Views(windows);
        return signatures.stream()
                .filter(compiled -> compiled.signature().status().alerts())
                .filter(compiled -> runs(compiled, windows))
                .map(compiled -> new Nearness(compiled.signature().id(), margin(compiled, views)))
                .max(Comparator.comparingDouble(Nearness::margin));
    }

    /**
     * A signature with the values that keep it from holding where it comes nearest to it, those furthest off first; their
     * thresholds are those that they miss. Empty where it has been looked at in no window.
     */
    public Optional<Finding> lacking(String id, WindowedProfiles windows) {
        Views views = new Views(windows);
        return named(id)
                .filter(compiled -> runs(compiled, windows))
                .flatMap(compiled -> NearMiss.of(compiled, views, windows));
    }

    /** Takes how strongly a signature holds in a part of a window. */
    @FunctionalInterface
    public interface StrengthTaker {
        /**
         * One window and part in which it holds.
         *
         * @param profile of the part
         * @param margin how far inside the condition lies, 0 to 1
         * @param score of the signature, 0 to 1
         */
        void take(Signature signature, Profile profile, double margin, double score);
    }

    /** How strongly signatures hold, in every window and part in which their conditions do and whatever their bars are. */
    public void strengths(WindowedProfiles windows, Set<String> ids, StrengthTaker taker) {
        Views views = new Views(windows);
        for (CompiledSignature compiled : signatures) {
            Signature signature = compiled.signature();
            if (ids.contains(signature.id()) && runs(compiled, windows)) {
                for (Duration window : signature.windows()) {
                    for (Part part : signature.parts()) {
                        views.of(window, part)
                                .filter(view -> view.subject().profile().requests() >= signature.minimum(window))
                                .ifPresent(view -> compiled.evaluate(view.values())
                                        .ifPresent(score -> taker.take(
                                                signature,
                                                view.subject().profile(),
                                                Math.max(0, compiled.margin(view.values(), window)),
                                                score)));
                    }
                }
            }
        }
    }

    private static double margin(CompiledSignature compiled, Views views) {
        double nearest = -1;
        for (Duration window : compiled.signature().windows()) {
            for (Part part : compiled.signature().parts()) {
                nearest = Math.max(
                        nearest,
                        views.of(window, part)
                                .map(view -> compiled.margin(
                                        view.values(), window, view.subject().comparisons()))
                                .orElse(-1.0));
            }
        }
        return nearest;
    }

    /** What a signature finds: in the shortest window it holds in, of the parts the one with the highest score. */
    private static Optional<Finding> finding(CompiledSignature compiled, Views views) {
        Signature signature = compiled.signature();
        for (Duration window : signature.windows()) {
            if (views.windows().requests(window) < signature.minimum(window)) {
                continue;
            }
            Optional<Finding> strongest = signature.parts().stream()
                    .flatMap(part -> finding(compiled, views, window, part).stream())
                    .max(Comparator.comparingDouble(Finding::getScore));
            if (strongest.isPresent()) {
                return strongest;
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> finding(CompiledSignature compiled, Views views, Duration window, Part part) {
        Signature signature = compiled.signature();
        Optional<Views.View> view = views.of(window, part);
        if (view.isEmpty() || view.get().subject().profile().requests() < signature.minimum(window)) {
            return Optional.empty();
        }
        FeatureValues values = view.get().values();
        OptionalDouble score = compiled.evaluate(values);
        if (score.isEmpty()
                || !compiled.passes(view.get().subject().comparisons(), values, window, score.getAsDouble())) {
            return Optional.empty();
        }
        WindowedProfiles windows = views.windows();
        Profile profile = view.get().subject().profile();
        Finding finding = new Finding();
        finding.setSignatureId(signature.id());
        finding.setSignatureVersion(signature.version());
        finding.setTitle(signature.title());
        finding.setSeverity(signature.severity().id());
        finding.setScore(score.getAsDouble());
        finding.setWindow(window.toString());
        finding.setStrand(part.isWhole() ? "" : part.id());
        finding.setWindowStart(windows.startMs(window));
        finding.setWindowEnd(windows.endMs());
        finding.setRequests(profile.requests());
        finding.setOutputTokens(profile.outputTokens());
        finding.setCompleteness(windows.profile(window).whole().completeness());
        finding.setEvidence(withRepeated(
                withEnrolment(compiled.evidence(values), values),
                windows.profile(window).whole()));
        finding.setAtlas(signature.atlas());
        finding.setOwasp(signature.owasp());
        return Optional.of(finding);
    }

    /** What somebody vouches for is told with every finding, and how much lies outside it. */
    private static List<FeatureValue> withEnrolment(List<FeatureValue> evidence, FeatureValues values) {
        Optional<String> words = values.words(ENROLLED);
        double share = values.get(ENROLLED);
        if (words.isEmpty()
                || Double.isNaN(share)
                || evidence.stream().anyMatch(value -> value.getName().equals(ENROLLED))) {
            return evidence;
        }
        FeatureValue enrolled = new FeatureValue();
        enrolled.setName(ENROLLED);
        enrolled.setValue(share);
        enrolled.setUnit(FeatureValues.feature(ENROLLED).unit().label());
        enrolled.setExplanation(words.get());
        List<FeatureValue> all = new ArrayList<>(evidence);
        all.add(enrolled);
        return List.copyOf(all);
    }

    /** What was left out as sent again is told with every finding: that it was left out is no reason to overlook it. */
    private static List<FeatureValue> withRepeated(List<FeatureValue> evidence, Profile whole) {
        if (whole.lost(Loss.DUPLICATE) == 0
                || evidence.stream().anyMatch(value -> value.getName().equals(REPEATED))) {
            return evidence;
        }
        Feature feature = FeatureValues.feature(REPEATED);
        FeatureValue repeated = new FeatureValue();
        repeated.setName(REPEATED);
        repeated.setValue(feature.of(whole));
        repeated.setUnit(feature.unit().label());
        repeated.setExplanation(FeatureText.clause(feature, repeated.getValue()));
        List<FeatureValue> all = new ArrayList<>(evidence);
        all.add(repeated);
        return List.copyOf(all);
    }
}
