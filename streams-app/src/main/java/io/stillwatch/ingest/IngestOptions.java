package io.stillwatch.ingest;

import java.time.ZoneId;
import java.util.Optional;

/**
 * How to read an input.
 *
 * @param format the format to read it in, empty to tell it by the content
 * @param limits how much of it may be in memory at once
 * @param account which field names the account
 * @param zone the zone of times that are written without one; empty to refuse them
 * @param mapping where the fields of a request stand, in place of a format; empty for a format
 */
public record IngestOptions(
        Optional<InputFormat> format,
        IngestLimits limits,
        AccountChoice account,
        Optional<ZoneId> zone,
        Optional<FieldMapping> mapping) {
    /** Everything told by the content, times without a zone refused. */
    public static final IngestOptions DEFAULT = new IngestOptions(
            Optional.empty(), IngestLimits.DEFAULT, AccountChoice.BY_FORMAT, Optional.empty(), Optional.empty());

    /** The same for an input in the given format. */
    public IngestOptions withFormat(Optional<InputFormat> given) {
        return new IngestOptions(given, limits, account, zone, mapping);
    }

    /** The same with these limits. */
    public IngestOptions withLimits(IngestLimits given) {
        return new IngestOptions(format, given, account, zone, mapping);
    }

    /** The same with the account named by these fields. */
    public IngestOptions withAccount(AccountChoice given) {
        return new IngestOptions(format, limits, given, zone, mapping);
    }

    /** The same with times that have no zone read in this one. */
    public IngestOptions withZone(ZoneId given) {
        return new IngestOptions(format, limits, account, Optional.of(given), mapping);
    }

    /** The same in a format again. */
    public IngestOptions withoutMapping() {
        return new IngestOptions(format, limits, account, zone, Optional.empty());
    }

    /** The same with the fields of requests where this says. */
    public IngestOptions withMapping(FieldMapping given) {
        return new IngestOptions(format, limits, account, zone, Optional.of(given));
    }
}
