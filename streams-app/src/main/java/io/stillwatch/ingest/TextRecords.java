package io.stillwatch.ingest;

import io.stillwatch.text.Printable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The records of a JSON text, in a given format or the one its first records are in. */
final class TextRecords implements RecordSource {
    /** How far to look for a record that tells the format; a log may begin with a banner or a broken line. */
    private static final int RECORDS_LOOKED_AT = 64;

    private static final int BYTES_LOOKED_AT = 8 << 20;

    private final String source;
    private final RecordFramer framer;
    private final Deque<Framed> lookedAt = new ArrayDeque<>();
    private final Optional<InputFormat> format;
    private final RecordExploder exploder;
    private boolean leftTold;
    private final int longest;

    private Iterator<Ingested> pending = Collections.emptyIterator();
    private Optional<Framed.Whole> lastAndCut = Optional.empty();

    /**
     * @throws IngestException if no format is given and the records tell none
     * @throws IOException if the device fails
     */
    TextRecords(PeekableStream content, String source, IngestOptions options) throws IOException {
        IngestLimits limits = options.limits();
        this.source = source;
        exploder = new RecordExploder(options);
        // Until the format is known, the record may be a batch.
        framer = new RecordFramer(content, source, limits.maxBatchBytes());
        format = options.format().isPresent() || options.mapping().isPresent() ? options.format() : detect();
        format.ifPresent(exploder::expect);
        longest = format.equals(Optional.of(InputFormat.OTEL)) ? limits.maxBatchBytes() : limits.maxRecordBytes();
        framer.limitTo(longest);
    }

    @Override
    public Optional<InputFormat> format() {
        return format;
    }

    @Override
    public Optional<Ingested> next() throws IOException {
        while (true) {
            if (pending.hasNext()) {
                return Optional.of(mergedWithCut(pending.next()));
            }
            if (lastAndCut.isPresent()) {
                Framed.Whole cut = lastAndCut.get();
                lastAndCut = Optional.empty();
                return Optional.of(new Ingested.Rejected(cut.at(), cut.cutOff().orElseThrow(), OriginalBytes.NONE));
            }
            Optional<Framed> framed = lookedAt.isEmpty() ? framer.next() : Optional.of(lookedAt.remove());
            if (framed.isEmpty()) {
                boolean first = !leftTold;
                leftTold = true;
                return first ? exploder.left(Position.line(source, framer.line())) : Optional.empty();
            }
            start(framed.get());
        }
    }

    private void start(Framed framed) {
        if (framed instanceof Framed.Broken broken) {
            pending = only(new Ingested.Rejected(broken.at(), broken.cause(), broken.original()));
            return;
        }
        Framed.Whole record = (Framed.Whole) framed;
        if (record.length() > longest) {
            pending = only(new Ingested.Rejected(
                    record.at(), RecordFramer.tooLong(record.length(), longest), record.original()));
            return;
        }
        lastAndCut = record.cutOff().map(cause -> record);
        pending = exploder.explode(record);
    }

    /** Tells of a record at the end of a damaged input once: the damage is why it cannot be read. */
    private Ingested mergedWithCut(Ingested ingested) {
        if (lastAndCut.isEmpty() || !(ingested instanceof Ingested.Rejected rejected) || pending.hasNext()) {
            return ingested;
        }
        String cause = lastAndCut.get().cutOff().orElseThrow();
        lastAndCut = Optional.empty();
        return new Ingested.Rejected(rejected.at(), cause, rejected.original());
    }

    private static Iterator<Ingested> only(Ingested ingested) {
        return Collections.singleton(ingested).iterator();
    }

    private Optional<InputFormat> detect() throws IOException {
        long bytes = 0;
        boolean anyWhole = false;
        while (lookedAt.size() < RECORDS_LOOKED_AT && bytes < BYTES_LOOKED_AT) {
            Optional<Framed> framed = framer.next();
            if (framed.isEmpty()) {
                break;
            }
            if (!(framed.get() instanceof Framed.Whole record)) {
                lookedAt.add(framed.get());
                continue;
            }
            lookedAt.add(record.copy());
            List<InputFormat> formats = OtlpJson.isOtlp(record.bytes(), record.from(), record.length())
                    ? List.of(InputFormat.OTEL)
                    : exploder.formats(record);
            if (formats.size() == 1) {
                return Optional.of(formats.get(0));
            }
            if (formats.size() > 1) {
                throw new IngestException(Printable.text(source, 200) + " may be in the format "
                        + FormatDetector.names(formats) + "; name the right one with --format.");
            }
            anyWhole |= record.cutOff().isEmpty();
            bytes += record.length();
        }
        if (anyWhole) {
            throw new IngestException(Printable.text(source, 200)
                    + " is in no format Stillwatch can tell; name one with --format (" + InputFormat.ids()
                    + "), or say where its fields stand with --field.");
        }
        return Optional.empty();
    }
}
