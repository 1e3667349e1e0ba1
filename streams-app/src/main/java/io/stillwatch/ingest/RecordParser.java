package io.stillwatch.ingest;

import io.stillwatch.schema.RequestEvent;
import java.util.Iterator;
import java.util.List;

/** Reads the records of one format. */
interface RecordParser {

    /** What the record holds. Must be used up before the next record is framed: its bytes are the framer's. */
    Iterator<Ingested> parse(Framed.Whole record);

    /** A format whose every record is one request. */
    interface OneRequest extends RecordParser {

        /**
         * The request the record holds.
         *
         * @throws RecordRejected if it is no request event, with the reason
         */
        RequestEvent event(byte[] bytes, int from, int length) throws RecordRejected;

        @Override
        default Iterator<Ingested> parse(Framed.Whole record) {
            return List.of(ingested(record)).iterator();
        }

        private Ingested ingested(Framed.Whole record) {
            try {
                RequestEvent event = event(record.bytes(), record.from(), record.length());
                return new Ingested.Accepted(event, record.at());
            } catch (RecordRejected e) {
                return new Ingested.Rejected(record.at(), e.getMessage(), record.original());
            }
        }
    }

    /** The parser of the format's text form. */
    static RecordParser of(InputFormat format) {
        return switch (format) {
            case STILLWATCH -> (OneRequest) NativeJsonReader::read;
            case LITELLM -> (OneRequest) LiteLlmPayload::read;
            case OTEL -> OtlpSpans::new;
            case OPENAI -> (OneRequest) OpenAiExchange::read;
        };
    }
}
