package io.stillwatch.signature;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.Subject;
import io.stillwatch.schema.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The signatures that are run, in the order of their ids. Immutable and thread-safe. */
public final class SignatureSet {
    private static final String INDEX = "library/index.txt";
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
     * Evaluates every signature that is run.
     *
     * @param windows the entity's profiles
     */
    public Assessment assess(WindowedProfiles windows) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> shadowed = new ArrayList<>();
        for (CompiledSignature compiled : signatures) {
            Signature signature = compiled.signature();
            if (!signature.status().runs() || windows.requests(signature.window()) < signature.minimum()) {
                continue;
            }
            Subject subject = windows.subject(signature.window());
            FeatureValues values = FeatureValues.of(subject);
            OptionalDouble score = compiled.evaluate(values);
            if (score.isPresent()) {
                (signature.status().alerts() ? findings : shadowed)
                        .add(finding(compiled, subject.profile(), values, score.getAsDouble(), windows));
            }
        }
        findings.sort(STRONGEST_FIRST);
        shadowed.sort(STRONGEST_FIRST);
        return new Assessment(findings, shadowed);
    }

    /**
     * How near the entity is to an alert, -1 to 1: at least 0 when a signature that may alert holds, the larger the
     * farther inside. For ordering accounts; costs more than {@link #assess}.
     */
    public double nearness(WindowedProfiles windows) {
        double nearness = -1;
        for (CompiledSignature compiled : signatures) {
            if (compiled.signature().status().alerts()) {
                Subject subject = windows.subject(compiled.signature().window());
                nearness = Math.max(nearness, compiled.margin(FeatureValues.of(subject)));
            }
        }
        return nearness;
    }

    private static Finding finding(
            CompiledSignature compiled, Profile profile, FeatureValues values, double score, WindowedProfiles windows) {
        Signature signature = compiled.signature();
        Finding finding = new Finding();
        finding.setSignatureId(signature.id());
        finding.setSignatureVersion(signature.version());
        finding.setTitle(signature.title());
        finding.setSeverity(signature.severity().id());
        finding.setScore(score);
        finding.setWindow(signature.window().toString());
        finding.setWindowStart(windows.startMs(signature.window()));
        finding.setWindowEnd(windows.endMs());
        finding.setRequests(profile.requests());
        finding.setOutputTokens(profile.outputTokens());
        finding.setCompleteness(profile.completeness());
        finding.setEvidence(compiled.evidence(values));
        finding.setAtlas(signature.atlas());
        finding.setOwasp(signature.owasp());
        return finding;
    }
}
