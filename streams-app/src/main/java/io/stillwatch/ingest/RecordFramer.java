package io.stillwatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Cuts text into records without parsing it: objects, whatever stands between them (line feeds, commas, the separators of
 * RFC 7464, nothing), elements of a JSON array, and lines that begin with something else. A broken record never takes its
 * neighbours with it: it ends where JSON cannot go on, see {@link ValueEnd}, and in a log that has its records on one line
 * each, at its line feed.
 *
 * <p>No more than one record is held, and of a record that is too long no more than {@link OriginalBytes} keeps.
 */
final class RecordFramer {
    private static final int INITIAL_BUFFER = 1 << 17;

    /** What stands before each record of a JSON text sequence (RFC 7464). */
    private static final byte RECORD_SEPARATOR = 0x1e;

    private final InputStream in;
    private final String source;
    private int longest;

    private byte[] buffer;
    /** Where the record being cut begins; what stands before is done with. */
    private int start;

    private int position;
    private int limit;
    private boolean ended;
    private Optional<String> damage = Optional.empty();
    private Optional<OriginalBytes.Collector> tooLong = Optional.empty();

    private long line = 1;
    private long item;
    private boolean inArray;
    /** Whether a record has ended on the line that it began on. */
    private boolean oneLineEach;

    /** @param longest longest record to give out; bytes */
    RecordFramer(InputStream in, String source, int longest) {
        this(in, source, longest, INITIAL_BUFFER);
    }

    /** @param bytes how many there are, where that is known: of a short payload most of a buffer would be cleared for nothing */
    RecordFramer(InputStream in, String source, int longest, int bytes) {
        this.buffer = new byte[Math.min(INITIAL_BUFFER, bytes + 1)];
        this.in = in;
        this.source = source;
        this.longest = longest;
    }

    /** From the next record on, the longest one to give out; bytes. */
    void limitTo(int bytes) {
        longest = bytes;
    }

    /** The line that was reached; from 1. */
    long line() {
        return line;
    }

    /**
     * The next record, empty at the end of the input.
     *
     * @throws IOException if the device fails; damage of the data is a {@link Framed} instead
     */
    Optional<Framed> next() throws IOException {
        while (true) {
            skipBlank();
            if (!available()) {
                return atEnd();
            }
            if (inArray && buffer[position] == ']') {
                inArray = false;
                position++;
            } else if (!inArray && buffer[position] == '[' && opensArrayOfRecords()) {
                inArray = true;
                item = 0;
                position++;
            } else {
                return Optional.of(record());
            }
        }
    }

    private Framed record() throws IOException {
        if (inArray) {
            item++;
            return value(Position.line(source, line).item(item), mustEndOnItsLine());
        }
        return buffer[position] == '{' ? value(Position.line(source, line), mustEndOnItsLine()) : textLine();
    }

    /** Tells once what is wrong with the end, if anything is. */
    private Optional<Framed> atEnd() {
        Optional<String> cause = damage.isEmpty() && inArray
                ? Optional.of("the JSON array is not closed, so the file may be cut off")
                : damage;
        damage = Optional.empty();
        inArray = false;
        return cause.map(what -> new Framed.Broken(Position.line(source, line), what, OriginalBytes.NONE));
    }

    private Framed textLine() throws IOException {
        Position at = Position.line(source, line);
        begin();
        while (true) {
            position = Utf8.indexOfNewline(buffer, position, limit);
            if (position < limit || !available()) {
                break;
            }
        }
        Framed framed = cut(at, position);
        if (position < limit) {
            position++;
            line++;
        }
        return framed;
    }

    /** Cuts an object, array or scalar where its brackets close, or where it cannot go on. */
    private Framed value(Position at, boolean onOneLine) throws IOException {
        begin();
        ValueEnd end = new ValueEnd(onOneLine);
        while (end.state() == ValueEnd.State.OPEN && available()) {
            position = end.pass(buffer, position, limit);
        }
        line += end.lines();
        oneLineEach |= !inArray && end.state() == ValueEnd.State.ENDED && end.lines() == 0;
        Framed framed = cut(at, position);
        // Outside an array the parser may still make something of it, and has the better sentence.
        return end.state() == ValueEnd.State.BROKEN && inArray ? broken(framed) : framed;
    }

    private static Framed broken(Framed cut) {
        return cut instanceof Framed.Whole whole
                ? new Framed.Broken(whole.at(), "the record ends in the middle", whole.original())
                : cut;
    }

    private void begin() {
        start = position;
        tooLong = Optional.empty();
    }

    private Framed cut(Position at, int end) {
        if (tooLong.isPresent()) {
            OriginalBytes.Collector collector = tooLong.get();
            collector.add(buffer, start, end - start);
            return tooLong(at, collector.collected());
        }
        if (end - start > longest) {
            return tooLong(at, OriginalBytes.of(buffer, start, end - start));
        }
        Optional<String> cutOff = Optional.empty();
        if (end == limit && ended) {
            // What is wrong with the end is told with the record it cuts, not once more after it.
            cutOff = damage;
            damage = Optional.empty();
            inArray = false;
        }
        return new Framed.Whole(buffer, start, end - start, at, cutOff);
    }

    private Framed.Broken tooLong(Position at, OriginalBytes original) {
        return new Framed.Broken(at, tooLong(original.length(), longest), original);
    }

    /** The sentence for a record that is too long. */
    static String tooLong(long length, int longest) {
        return String.format(Locale.ROOT, "the record has %,d bytes; at most %,d are read", length, longest);
    }

    private void skipBlank() throws IOException {
        begin();
        while (available()) {
            byte next = buffer[position];
            boolean skipped = next == ' '
                    || next == '\t'
                    || next == '\r'
                    || next == '\n'
                    || next == ','
                    || next == RECORD_SEPARATOR;
            if (!skipped) {
                return;
            }
            if (next == '\n') {
                line++;
            }
            position++;
            start = position;
        }
    }

    /** Tells an array of records from a log line that begins with a bracket. */
    private boolean opensArrayOfRecords() throws IOException {
        int bracket = position - start;
        position++;
        while (position - start < longest && available() && isBlank(buffer[position])) {
            position++;
        }
        boolean opens = !available() || buffer[position] == '{' || buffer[position] == '[' || buffer[position] == ']';
        position = start + bracket;
        return opens;
    }

    /** In a log of a record a line, of which this one does not look as if it were printed over several. */
    private boolean mustEndOnItsLine() throws IOException {
        return oneLineEach && !isAloneOnItsLine();
    }

    private boolean isAloneOnItsLine() throws IOException {
        int brace = position - start;
        position++;
        while (position - start < longest && available() && buffer[position] != '\n' && isBlank(buffer[position])) {
            position++;
        }
        boolean alone = available() && buffer[position] == '\n';
        position = start + brace;
        return alone;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    /** Whether there is a byte at the position, reading on if need be. */
    private boolean available() throws IOException {
        return position < limit || readOn();
    }

    private boolean readOn() throws IOException {
        if (ended) {
            return false;
        }
        if (limit - start > longest) {
            OriginalBytes.Collector collector = tooLong.orElseGet(OriginalBytes.Collector::new);
            collector.add(buffer, start, limit - start);
            tooLong = Optional.of(collector);
            start = limit;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            position -= start;
            limit -= start;
            start = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * limit, longest + (long) INITIAL_BUFFER));
        }
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
        } catch (CorruptInputException e) {
            ended = true;
            damage = Optional.of(e.getMessage());
        }
        return !ended;
    }
}
