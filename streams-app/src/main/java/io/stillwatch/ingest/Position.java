package io.stillwatch.ingest;

import io.stillwatch.text.Printable;

/**
 * Where in its source a record stands.
 *
 * @param source file name as given, or {@code standard input}
 * @param unit what {@code record} counts
 * @param record line or record number, from 1
 * @param item number within the record, from 1, where one record holds several requests (the spans of an OTLP line, the
 *     elements of a JSON array); 0 for the record as a whole
 */
public record Position(String source, Unit unit, long record, long item) {

    /** What a position counts. */
    public enum Unit {
        /** Lines of a text file, blank ones included, as an editor counts them. */
        LINE("line"),
        /** Records of an Avro file. */
        RECORD("record");

        private final String word;

        Unit(String word) {
            this.word = word;
        }
    }

    /** The line as a whole. */
    public static Position line(String source, long line) {
        return new Position(source, Unit.LINE, line, 0);
    }

    /** The record of an Avro file. */
    public static Position record(String source, long record) {
        return new Position(source, Unit.RECORD, record, 0);
    }

    /** The given part of this record. */
    public Position item(long number) {
        return new Position(source, unit, record, number);
    }

    /** For people, safe to print: {@code traffic.jsonl line 12}, {@code spans.json line 3 item 2}. */
    @Override
    public String toString() {
        String place = Printable.text(source, 200) + " " + unit.word + " " + record;
        return item == 0 ? place : place + " item " + item;
    }
}
