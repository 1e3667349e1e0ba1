package io.stillwatch.cli.option;

import io.stillwatch.alert.Disposition;
import io.stillwatch.ingest.InputFormat;
import io.stillwatch.signature.Severity;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Values that options can have, for the completion of a shell. */
public final class Choices {
    private Choices() {}

    /** Severities, the least first. */
    public static final class OfSeverity implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Severity.values()).map(Severity::id).iterator();
        }
    }

    /** What an alert turned out to be. */
    public static final class OfDisposition implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Disposition.values()).map(Disposition::id).iterator();
        }
    }

    /** Formats of logs. */
    public static final class OfFormat implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(InputFormat.values()).map(InputFormat::id).iterator();
        }
    }

    /** States that alerts can be listed by. */
    public static final class OfState implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("open", "closed", "all").iterator();
        }
    }

    /** How results are printed. */
    public static final class OfOutput implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("table", "json").iterator();
        }
    }

    /** Plans of the simulator that ship. */
    public static final class OfPlan implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(
                            "demo",
                            "small",
                            "honest",
                            "evaluation",
                            "crowds",
                            "holdout",
                            "campaigns",
                            "campaigns-bare",
                            "hydra",
                            "hydra-mixed",
                            "look-alikes")
                    .iterator();
        }
    }
}
