package io.stillwatch.ingest;

import io.stillwatch.text.Printable;

/**
 * Where in its source a record stands.
 *
 * @param source file name as given, {@code standard input}, a topic and its partition, or a path of ours
 * @param unit what {@code record} counts
 * @param record line or record number, from 1; offset, from 0
 * @param item number within the record, from 1, where one record holds several requests (the spans of an OTLP line, the
 *     elements of a JSON array); 0 for the record as a whole
 */
public record Position(String source, Unit unit, long record, long item) {

    /** What a position counts. */
    public enum Unit {
        /** Lines of a text file, blank ones included, as an editor counts them. */
        LINE("line"),
        /** Records of an Avro file. */
        RECORD("record"),
        /** Offsets of a Kafka topic's partition. */
        OFFSET("offset"),
        /** Requests that came over HTTP, in their order since the process began. */
        REQUEST("request");

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

    /** The record of a Kafka topic. */
    public static Position offset(String topic, int partition, long offset) {
        return new Position(topic + "/" + partition, Unit.OFFSET, offset, 0);
    }

    /** A request to one of our own paths. */
    public static Position request(String path, long number) {
        return new Position(path, Unit.REQUEST, number, 0);
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
