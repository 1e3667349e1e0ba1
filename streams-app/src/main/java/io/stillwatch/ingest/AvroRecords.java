package io.stillwatch.ingest;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.text.Printable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** The records of an Avro container file of request events, of any version of their schema. */
final class AvroRecords implements RecordSource {
    private final AvroBlocks blocks;
    private final String source;

    private Optional<DataFileStream<RequestEvent>> decoder = Optional.empty();
    private byte[] block = new byte[0];
    private long leftInBlock;
    private long record;

    /**
     * @throws IngestException if the file is no Avro file of request events
     * @throws IOException if the device fails
     */
    AvroRecords(PeekableStream content, String source, IngestLimits limits) throws IOException {
        this.source = source;
        try {
            blocks = new AvroBlocks(content, limits.maxBatchBytes());
        } catch (CorruptInputException e) {
            throw new IngestException(
                    Printable.text(source, 200) + " is no readable Avro file: its header is damaged or cut off.", e);
        }
        checkSchema();
    }

    private void checkSchema() throws IOException {
        try (DataFileStream<RequestEvent> header = open(blocks.header())) {
            Schema written = header.getSchema();
            SchemaCompatibilityType compatibility = SchemaCompatibility.checkReaderWriterCompatibility(
                            RequestEvent.getClassSchema(), written)
                    .getType();
            if (compatibility != SchemaCompatibilityType.COMPATIBLE) {
                throw new IngestException(Printable.text(source, 200) + " holds Avro records of the type "
                        + Printable.text(written.getFullName(), 100) + ", which are no request events of Stillwatch.");
            }
        } catch (IngestException e) {
            throw e;
        } catch (RuntimeException | IOException e) {
            throw new IngestException(
                    Printable.text(source, 200)
                            + " is no readable Avro file: its header is damaged or names an unknown codec.",
                    e);
        }
    }

    @Override
    public Optional<InputFormat> format() {
        return Optional.of(InputFormat.STILLWATCH);
    }

    @Override
    public Optional<Ingested> next() throws IOException {
        while (true) {
            if (leftInBlock > 0) {
                return Optional.of(nextInBlock());
            }
            Optional<AvroBlocks.Piece> piece = blocks.next();
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            if (piece.get() instanceof AvroBlocks.Piece.Damaged damaged) {
                record++;
                return Optional.of(
                        new Ingested.Rejected(Position.record(source, record), damaged.cause(), damaged.original()));
            }
            AvroBlocks.Piece.Block next = (AvroBlocks.Piece.Block) piece.get();
            leftInBlock = next.count();
            block = next.bytes();
            decoder = Optional.empty();
        }
    }

    private Ingested nextInBlock() {
        record++;
        Position at = Position.record(source, record);
        RequestEvent event;
        try {
            if (decoder.isEmpty()) {
                decoder = Optional.of(open(withHeader()));
            }
            event = decoder.get().next();
        } catch (RuntimeException | IOException e) {
            // On damaged bytes Avro's decoder throws whatever it stumbles over.
            return lostBlock(at);
        }
        leftInBlock--;
        try {
            return new Ingested.Accepted(RequestEventValidator.admit(event), at);
        } catch (RecordRejected e) {
            // The bytes of one record within a compressed block mean nothing by themselves; its JSON does.
            byte[] json = RequestEventJson.write(event).getBytes(StandardCharsets.UTF_8);
            return new Ingested.Rejected(at, e.getMessage(), OriginalBytes.of(json, 0, json.length));
        }
    }

    private Ingested lostBlock(Position at) {
        String others = leftInBlock == 1 ? "" : ", and " + (leftInBlock - 1) + " more of its block are lost with it";
        record += leftInBlock - 1;
        leftInBlock = 0;
        return new Ingested.Rejected(
                at, "the Avro record cannot be decoded" + others, OriginalBytes.of(block, 0, block.length));
    }

    private byte[] withHeader() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(blocks.header());
        file.writeBytes(block);
        return file.toByteArray();
    }

    private static DataFileStream<RequestEvent> open(byte[] file) throws IOException {
        Schema schema = RequestEvent.getClassSchema();
        return new DataFileStream<>(
                new ByteArrayInputStream(file), new SpecificDatumReader<>(schema, schema, OnlyRequestEvents.DATA));
    }

    /**
     * Tells Avro the one class to make, whatever the file names: it would look up a class by the name in a schema, which
     * it refuses to do unless trusted for the whole process.
     */
    private static final class OnlyRequestEvents extends SpecificData {
        static final OnlyRequestEvents DATA = new OnlyRequestEvents();

        @Override
        public @Nullable Class<?> getClass(Schema schema) {
            return schema.getFullName().equals(RequestEvent.getClassSchema().getFullName()) ? RequestEvent.class : null;
        }
    }
}
