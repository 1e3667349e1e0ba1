package io.stillwatch.cli.signatures;

import io.stillwatch.account.PastCourse;
import io.stillwatch.alert.TurnSentence;
import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.terminal.ClauseTable;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.profile.feature.Comparisons;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.replay.EnrolmentReader;
import io.stillwatch.replay.PastReader;
import io.stillwatch.replay.SnapshotReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.signature.ClauseReading;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.FeatureValues;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureOverlay;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.text.Printable;
import io.stillwatch.topology.PipelineOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Why signatures hold for an account, or what they miss. */
@Command(
        name = "explain",
        header = "Show for an account which clauses of each signature hold, and by how much.",
        description = {
            "Makes the account's windows as of its newest published profile, up to an hour that is over, of the fingerprints"
                    + " that are kept, and compares them with the baseline and the dictionary.",
            "margin: 0 at the threshold, up to 1 inside, down to -1 outside; a condition is as far inside as the nearest"
                    + " of its clauses. Signatures come nearest first, each for the window and the part of the requests"
                    + " that comes nearest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch signatures explain acct-81",
            "  stillwatch signatures explain acct-81 --signature logprob-harvest --output json"
        })
final class SignaturesExplainCommand implements Callable<Integer> {
    private static final Duration LONGEST_OF_HOURS = Duration.ofDays(2);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    /** Drift that nine in ten honest accounts stay below. */
    private static final double USUAL_DRIFT = 1;

    /** A run of unusual requests that is so many powers of ten times as likely of a lasting rise: signatures read it from there. */
    private static final double TELLING_RUN = 5;

    @ParentCommand
    private SignaturesCommand signatures;

    @Parameters(paramLabel = "ACCOUNT", description = "The account, as its requests name it.")
    private String account;

    @Option(
            names = "--signature",
            completionCandidates = SignatureIds.class,
            paramLabel = "ID",
            description = "Show this signature only; the beginning of its id will do.")
    private Optional<String> only = Optional.empty();

    @Mixin
    private SignatureOption library;

    @Mixin
    private ReferenceOptions reference;

    @Mixin
    private OutputOption format;

    /** What there is to explain with. */
    private record Basis(
            ProfileSnapshot snapshot,
            long kept,
            List<Reading> readings,
            Optional<String> turn,
            Optional<String> enrolment) {}

    /** A signature read for one part of the account's requests in one window. */
    private record Reading(
            Signature signature, Duration window, Part part, double margin, List<ClauseReading> clauses) {
        boolean holds() {
            return margin >= 0;
        }
    }

    @Override
    public Integer call() {
        boolean json = format.isJson();
        SignatureSet given = library.load();
        Reference compared = reference.load();
        Basis basis = signatures.onCluster(connection -> basis(connection, given, compared));
        ProfileSnapshot snapshot = basis.snapshot();
        StrandedProfile profile =
                StrandedProfileCodec.decode(snapshot.getProfile().array());
        if (basis.kept() != snapshot.getRequests()) {
            signatures
                    .output()
                    .notice(String.format(
                            Locale.ROOT,
                            "Of the day's %,d requests %,d fingerprints are kept, so the figures differ from the pipeline's.",
                            snapshot.getRequests(),
                            basis.kept()));
        }
        List<Reading> readings = basis.readings();
        if (json) {
            readings.forEach(reading -> signatures.output().line(OutputOption.json(values(basis, reading))));
        } else {
            print(basis, profile);
        }
        return ExitStatus.OK.code();
    }

    private Basis basis(Connection connection, SignatureSet given, Reference compared) {
        Map<String, Object> properties = connection.clientProperties(Map.of());
        ProfileSnapshot snapshot = SnapshotReader.read(account, signatures.topics(), signatures.serdes(), properties)
                .orElseThrow(() -> new UserException(
                        "No profile of account " + Printable.escape(account)
                                + " has been published; that is done when an hour is over and the account's day has 16"
                                + " requests or more.",
                        ExitStatus.FAILURE));
        SignatureSet inEffect = SignatureOverlay.of(
                        given, signatures.published(connection).definitions())
                .signatures();
        Reference withEnrolments = compared.enrolling(EnrolmentReader.read(signatures.topics(), properties));
        List<Basis> looks = new ArrayList<>(1);
        PastCourse past = new PastReader(signatures.topics(), signatures.serdes(), properties)
                .read(account, PipelineOptions.defaults(1, "").accountRules(), withEnrolments, (timeMs, windows) -> {
                    if (timeMs == snapshot.getTime()) {
                        looks.clear();
                        looks.add(read(snapshot, windows, inEffect));
                    }
                });
        // Where only the end of a log has shown that the hour was over, things stand as they stood then.
        return looks.isEmpty() ? read(snapshot, past.windows(account, snapshot.getTime()), inEffect) : looks.get(0);
    }

    private Basis read(ProfileSnapshot snapshot, WindowedProfiles windows, SignatureSet inEffect) {
        List<String> ids = inEffect.signatures().stream()
                .map(compiled -> compiled.signature().id())
                .toList();
        Optional<String> meant = only.map(written -> MeantSignature.of(written, ids));
        List<Reading> readings = inEffect.signatures().stream()
                .filter(compiled -> meant.isEmpty()
                        || meant.get().equals(compiled.signature().id()))
                .flatMap(compiled -> nearest(compiled, windows).stream())
                .sorted(Comparator.comparingDouble(Reading::margin).reversed())
                .toList();
        return new Basis(snapshot, windows.requests(DAY), readings, turn(windows), enrolment(windows));
    }

    /** How the account, or a part of it, has left its own past; empty where it has not, by more than most honest accounts do. */
    private static Optional<String> turn(WindowedProfiles windows) {
        return Stream.of(DAY, WEEK)
                .flatMap(window -> windows.subject(window, Part.WHOLE).stream())
                .flatMap(subject -> TurnSentence.of(
                        feature -> Optional.of(FeatureValues.feature(feature).of(subject)),
                        feature -> isUsual(subject.comparisons(), feature)
                                ? Optional.empty()
                                : subject.comparisons().words(feature))
                        .stream())
                .findFirst();
    }

    /** What honest accounts differ from their past by as well is not told. */
    private static boolean isUsual(Comparisons comparisons, String feature) {
        return switch (feature) {
            case "turn_age" -> !(comparisons.get(Comparisons.Kind.DRIFT) >= USUAL_DRIFT);
            case "outlier_share" -> !(comparisons.get(Comparisons.Kind.OUTLIER_EVIDENCE) >= TELLING_RUN);
            default -> false;
        };
    }

    /** What somebody vouches for of what the account sends; empty where nobody does. */
    private static Optional<String> enrolment(WindowedProfiles windows) {
        return windows.subject(DAY, Part.WHOLE)
                .flatMap(subject -> subject.comparisons().words("enrolled_share"))
                .map(words -> "It is " + words + ".");
    }

    private static Optional<Reading> nearest(CompiledSignature compiled, WindowedProfiles windows) {
        return compiled.signature().windows().stream()
                .flatMap(window -> compiled.signature().parts().stream()
                        .flatMap(part -> windows.subject(window, part).stream()
                                .map(subject -> reading(compiled, windows, window, part, subject))))
                .max(Comparator.comparingDouble(Reading::margin));
    }

    private static Reading reading(
            CompiledSignature compiled, WindowedProfiles windows, Duration window, Part part, Subject subject) {
        FeatureValues values =
                FeatureValues.of(subject.partOf(windows.profile(window)).within(() -> windows.profile(WEEK)));
        return new Reading(
                compiled.signature(),
                window,
                part,
                compiled.margin(values, window, subject.comparisons()),
                compiled.readings(values, window, subject.comparisons()));
    }

    private void print(Basis basis, StrandedProfile profile) {
        ProfileSnapshot snapshot = basis.snapshot();
        TerminalOutput output = signatures.output();
        output.line(Line.of(
                Span.of(snapshot.getEntityId(), Span.Style.BOLD),
                Span.of(": " + String.format(Locale.ROOT, "%,d", snapshot.getRequests())
                        + " requests in the day that ended " + Instant.ofEpochMilli(snapshot.getTime() + 1)
                        + ", of whose records "
                        + String.format(
                                Locale.ROOT, "%.1f %%", 100 * profile.whole().completeness())
                        + " were seen")));
        basis.turn().ifPresent(output::line);
        basis.enrolment().ifPresent(output::line);
        for (Reading reading : basis.readings()) {
            Signature signature = reading.signature();
            output.line("");
            output.line(Line.of(
                    Span.of(signature.id() + " v" + signature.version(), Span.Style.BOLD),
                    Span.of("  "),
                    reading.holds() ? Span.of("holds", Span.Style.RED) : Span.of("does not hold"),
                    Span.of("  margin " + ClauseTable.margin(reading.margin()) + "  window " + text(reading.window())
                            + "  part " + reading.part().id())));
            output.table(ClauseTable.of(reading.clauses()), 2);
        }
    }

    private static String text(Duration window) {
        return window.compareTo(LONGEST_OF_HOURS) > 0 ? window.toDays() + " d" : window.toHours() + " h";
    }

    private static Map<String, Object> values(Basis basis, Reading reading) {
        ProfileSnapshot snapshot = basis.snapshot();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("account", snapshot.getEntityId());
        values.put("time", Instant.ofEpochMilli(snapshot.getTime()).toString());
        values.put("window", reading.window().toString());
        values.put("signature", reading.signature().id());
        values.put("version", reading.signature().version());
        values.put("part", reading.part().id());
        values.put("holds", reading.holds());
        values.put("margin", reading.margin());
        values.put("clauses", ClauseTable.values(reading.clauses()));
        basis.turn().ifPresent(turn -> values.put("turn", turn));
        basis.enrolment().ifPresent(enrolment -> values.put("enrolment", enrolment));
        return values;
    }
}
