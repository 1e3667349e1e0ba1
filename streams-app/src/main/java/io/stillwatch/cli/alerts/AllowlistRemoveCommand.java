package io.stillwatch.cli.alerts;

import io.stillwatch.replay.ShortIds;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.text.Printable;
import io.stillwatch.text.Suggestion;
import io.stillwatch.topology.control.TriagePublisher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes an entry from the allowlist. */
@Command(
        name = "remove",
        header = "Remove an entry: what it suppressed alerts again if it still holds.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch allowlist remove w-5d2f0a9b31c4e687 --reason 'contract ended'")
final class AllowlistRemoveCommand implements Callable<Integer> {
    @ParentCommand
    private AllowlistCommand allowlist;

    @Parameters(
            paramLabel = "ID",
            description = "The entry, as 'stillwatch allowlist list' names it, or its beginning.")
    private String id;

    @Option(names = "--by", paramLabel = "NAME", description = "Who removes it (default: the user).")
    private Optional<String> by = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; kept in the audit trail.")
    private String reason;

    @Override
    public Integer call() {
        TriageDesk desk = allowlist.desk();
        String who = desk.by(by);
        String removed = desk.onCluster(connection -> {
            String entry = meant(desk.reader(connection).allowlist().byId().keySet());
            try (TriagePublisher publisher = desk.publisher(connection)) {
                publisher.record(AllowlistAddCommand.record(
                        TriageAction.UNLIST, entry, who, reason, Instant.now().toEpochMilli()));
                publisher.unlist(entry);
            }
            return entry;
        });
        allowlist.output().line("removed " + removed);
        return ExitStatus.OK.code();
    }

    private String meant(Set<String> known) {
        List<String> candidates = ShortIds.meant(id, known);
        if (candidates.size() > 1) {
            throw new UserException(ShortIds.ambiguous(id, candidates), ExitStatus.FAILURE);
        }
        return candidates.stream()
                .findFirst()
                .orElseThrow(() -> new UserException(
                        "There is no entry " + Printable.escape(id) + " on the allowlist"
                                + Suggestion.id(id, known)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; 'stillwatch allowlist list' names those there are."),
                        ExitStatus.FAILURE));
    }
}
