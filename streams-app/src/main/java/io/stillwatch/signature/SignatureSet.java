package io.stillwatch.signature;

import io.stillwatch.profile.Profile;
import io.stillwatch.schema.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The signatures that are run, in the order of their ids. Immutable and thread-safe. */
public final class SignatureSet {
    private static final String INDEX = "library/index.txt";

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
                    .map(SignatureSet::read)
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

    private static CompiledSignature read(Path file) {
        try {
            return SignatureReader.read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new SignatureException("the signature " + file + " cannot be read as UTF-8 text");
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

    /**
     * Evaluates every signature that may alert.
     *
     * @param profileOf the entity's profile over a window
     * @param windowEndMs event time, exclusive, at which all windows end; milliseconds since 1970
     * @return the findings, strongest first
     */
    public List<Finding> evaluate(Function<Duration, Profile> profileOf, long windowEndMs) {
        List<Finding> findings = new ArrayList<>();
        for (CompiledSignature compiled : signatures) {
            Signature signature = compiled.signature();
            if (!signature.status().alerts()) {
                continue;
            }
            Profile profile = profileOf.apply(signature.window());
            if (profile.requests() < signature.minimum()) {
                continue;
            }
            FeatureValues values = FeatureValues.of(profile);
            OptionalDouble score = compiled.evaluate(values);
            if (score.isPresent()) {
                findings.add(finding(compiled, profile, values, score.getAsDouble(), windowEndMs));
            }
        }
        findings.sort(Comparator.comparingDouble(Finding::getScore).reversed().thenComparing(Finding::getSignatureId));
        return findings;
    }

    private static Finding finding(
            CompiledSignature compiled, Profile profile, FeatureValues values, double score, long windowEndMs) {
        Signature signature = compiled.signature();
        Finding finding = new Finding();
        finding.setSignatureId(signature.id());
        finding.setSignatureVersion(signature.version());
        finding.setTitle(signature.title());
        finding.setSeverity(signature.severity().id());
        finding.setScore(score);
        finding.setWindow(signature.window().toString());
        finding.setWindowStart(windowEndMs - signature.window().toMillis());
        finding.setWindowEnd(windowEndMs);
        finding.setRequests(profile.requests());
        finding.setOutputTokens(profile.outputTokens());
        finding.setCompleteness(1.0);
        finding.setEvidence(compiled.evidence(values));
        finding.setAtlas(signature.atlas());
        finding.setOwasp(signature.owasp());
        return finding;
    }
}
