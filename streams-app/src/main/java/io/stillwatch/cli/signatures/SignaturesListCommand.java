package io.stillwatch.cli.signatures;

import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.DefinitionReader;
import io.stillwatch.replay.Precision;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureOverlay;
import io.stillwatch.signature.SignatureSet;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** The signatures in effect and where they come from. */
@Command(
        name = "list",
        header = "List the signatures; with a running pipeline also what is published and disabled.",
        description = "right: of the alerts with a finding of it that somebody judged, how many were true positives.",
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch signatures list", "  stillwatch signatures list --output json"})
final class SignaturesListCommand implements Callable<Integer> {
    @ParentCommand
    private SignaturesCommand signatures;

    @Mixin
    private SignatureOption library;

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        SignatureSet given = library.load();
        Optional<Connection> running = Connection.find(signatures.settings());
        DefinitionReader.Published published = running.map(connection -> {
                    connection.clusterId();
                    return signatures.published(connection);
                })
                .orElse(DefinitionReader.Published.NONE);
        Map<String, Precision> precision = running.map(signatures::precision).orElse(Map.of());
        SignatureOverlay overlay = SignatureOverlay.of(given, published.definitions());
        TextTable table = new TextTable("id", "version", "status", "severity", "windows", "source", "right", "title");
        Map<String, String> unreadable = new TreeMap<>(published.unreadable());
        unreadable.putAll(overlay.skipped());
        Set<String> ids = new TreeSet<>(published.byId().keySet());
        ids.addAll(unreadable.keySet());
        given.signatures().forEach(compiled -> ids.add(compiled.signature().id()));
        for (String id : ids) {
            Row row = row(
                    id,
                    given,
                    Optional.ofNullable(unreadable.get(id)),
                    Optional.ofNullable(published.byId().get(id)),
                    Optional.ofNullable(precision.get(id)));
            if (json) {
                signatures.output().line(OutputOption.json(row.values()));
            } else {
                table.row(row.cells());
            }
        }
        if (!json) {
            signatures.output().table(table);
        }
        unreadable.forEach((id, reason) -> signatures.output().notice("Unreadable: " + id + ": " + reason));
        return ExitStatus.OK.code();
    }

    private static Row row(
            String id,
            SignatureSet given,
            Optional<String> unreadable,
            Optional<SignatureDefinition> definition,
            Optional<Precision> precision) {
        boolean disabled = definition.filter(SignatureDefinition::getDisabled).isPresent();
        // A disabled one is shown as it would be run if it were enabled.
        SignatureOverlay shown = definition
                .map(one ->
                        SignatureDefinition.newBuilder(one).setDisabled(false).build())
                .filter(one -> !one.getYaml().isEmpty())
                .map(one -> SignatureOverlay.of(given, List.of(one)))
                .orElse(new SignatureOverlay(given, Map.of()));
        String source;
        if (disabled) {
            source = "disabled";
        } else if (unreadable.isPresent()) {
            source = "unreadable";
        } else {
            source = definition.isPresent() ? "published" : "given";
        }
        return new Row(
                id,
                source,
                unreadable,
                shown.signatures().named(id).map(CompiledSignature::signature),
                definition,
                precision);
    }

    /** A line of the list. */
    private record Row(
            String id,
            String source,
            Optional<String> unreadable,
            Optional<Signature> signature,
            Optional<SignatureDefinition> definition,
            Optional<Precision> precision) {
        String[] cells() {
            return new String[] {
                id,
                signature.map(one -> Integer.toString(one.version())).orElse("-"),
                signature.map(one -> lower(one.status())).orElse("-"),
                signature.map(one -> one.severity().id()).orElse("-"),
                signature.map(Row::windows).orElse("-"),
                source,
                precision.map(Precision::toString).orElse("-"),
                signature.map(Signature::title).orElse("-")
            };
        }

        Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("id", id);
            values.put("source", source);
            unreadable.ifPresent(reason -> values.put("unreadable", reason));
            signature.ifPresent(one -> {
                values.put("version", one.version());
                values.put("status", lower(one.status()));
                values.put("severity", one.severity().id());
                values.put(
                        "windows",
                        one.windows().stream().map(Duration::toString).toList());
                values.put("title", one.title());
            });
            precision.ifPresent(one -> {
                values.put("true_positives", one.truePositives());
                values.put("judged", one.judged());
                values.put("precision", one.share());
            });
            definition.ifPresent(one -> {
                values.put(
                        "published_at",
                        Instant.ofEpochMilli(one.getPublishedAt()).toString());
                values.put("published_by", one.getPublishedBy());
            });
            return values;
        }

        private static String windows(Signature signature) {
            return signature.windows().stream().map(Row::window).collect(Collectors.joining(", "));
        }

        private static String window(Duration window) {
            return window.toHours() > 48 ? window.toDays() + " d" : window.toHours() + " h";
        }

        private static String lower(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }
}
