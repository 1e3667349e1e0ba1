package io.stillwatch.cli.alerts;

import io.stillwatch.cli.option.Day;
import io.stillwatch.cli.option.Expiry;
import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.topology.control.TriagePublisher;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Adds an entry to the allowlist, or changes it. */
@Command(
        name = "add",
        header = "Allow somebody what would raise alerts; again, to change the terms.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch allowlist add --account acct-81 --reason 'our own evaluation'",
            "  stillwatch allowlist add --link-key network:203.0.113.0/24 --signature best-of-n-sampling \\",
            "      --expires 2027-01-01 --owner research --reason 'reward model study'"
        })
final class AllowlistAddCommand implements Callable<Integer> {
    private static final int LONGEST_REASON = 1_000;

    @ParentCommand
    private AllowlistCommand allowlist;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private AllowlistSubject subject;

    @Option(
            names = "--signature",
            completionCandidates = SignatureIds.class,
            paramLabel = "ID",
            description = "Only what this signature finds (default: all).")
    private Optional<String> signature = Optional.empty();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description =
                    "When it lapses, by event time: a day, a moment, or an ISO-8601 duration from now such as P90D"
                            + " (default: never).")
    private Optional<String> expires = Optional.empty();

    @Option(names = "--owner", paramLabel = "NAME", description = "Who answers for it (default: who adds it).")
    private Optional<String> owner = Optional.empty();

    @Option(names = "--by", paramLabel = "NAME", description = "Who adds it (default: the user).")
    private Optional<String> by = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason;

    @Override
    public Integer call() {
        if (reason.length() > LONGEST_REASON) {
            throw new UserException(
                    "A reason has at most " + LONGEST_REASON + " characters, and this one " + reason.length() + ".",
                    ExitStatus.USAGE);
        }
        long nowMs = Instant.now().toEpochMilli();
        TriageDesk desk = allowlist.desk();
        String who = desk.by(by);
        AllowlistEntry entry = AllowlistEntry.newBuilder()
                .setId(id())
                .setKind(subject.kind())
                .setValue(subject.value())
                .setSignatureId(signature.orElse(null))
                .setExpiresAt(expires.map(text -> Expiry.parse(text, nowMs)).orElse(null))
                .setReason(reason)
                .setOwner(owner.orElse(who))
                .setAddedAt(nowMs)
                .setAddedBy(who)
                .build();
        boolean known = desk.onCluster(connection -> {
            boolean before = desk.reader(connection).allowlist().byId().containsKey(entry.getId());
            try (TriagePublisher publisher = desk.publisher(connection)) {
                publisher.record(record(TriageAction.ALLOWLIST, entry.getId(), who, reason, nowMs));
                publisher.allow(entry);
            }
            return before;
        });
        allowlist
                .output()
                .line((known ? "changed " : "added ") + entry.getId() + ": "
                        + AllowlistListCommand.subject(entry) + " may alert no more for "
                        + signature.map(one -> "signature " + one).orElse("any signature")
                        + (entry.getExpiresAt() == null ? "" : " until " + Day.of(entry.getExpiresAt())));
        return ExitStatus.OK.code();
    }

    /** The same for the same subject and signature, so that there is one entry of them. */
    private String id() {
        String about = subject.kind() + ":" + subject.value() + ":" + signature.orElse("");
        return String.format(Locale.ROOT, "w-%016x", Hash64.of(about));
    }

    /** A line of the audit trail. */
    static TriageRecord record(TriageAction action, String entryId, String by, String reason, long nowMs) {
        return TriageRecord.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setTime(nowMs)
                .setBy(by)
                .setAction(action)
                .setAllowlistId(entryId)
                .setReason(reason)
                .build();
    }
}
