package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroRecordsTest {
    private static final long TIME = 1_790_000_000_000L;

    static Stream<CodecFactory> codecs() {
        return Stream.of(
                CodecFactory.nullCodec(),
                CodecFactory.deflateCodec(6),
                CodecFactory.snappyCodec(),
                CodecFactory.zstandardCodec(3),
                CodecFactory.bzip2Codec());
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void filesOfEveryCodecAreReadCompressedOnceMoreOrNot(CodecFactory codec) {
        byte[] file = GeneratedInputs.avro(codec, 5_000, TIME);
        List<RequestEvent> wanted = IntStream.range(0, 5_000)
                .mapToObj(number -> GeneratedInputs.event(number, TIME))
                .toList();

        assertThat(Reading.events(Reading.all(file))).isEqualTo(wanted);
        assertThat(Reading.events(Reading.all(GeneratedInputs.gzip(file)))).isEqualTo(wanted);
    }

    @Test
    void aDamagedBlockTakesNoOtherWithIt() {
        byte[] file = GeneratedInputs.avro(CodecFactory.nullCodec(), 10_000, TIME);
        int middle = file.length / 2;
        Arrays.fill(file, middle, middle + 200, (byte) 0xff);

        List<Ingested> read = Reading.all(file);

        assertThat(Reading.rejected(read)).hasSize(1);
        assertThat(Reading.rejected(read).get(0).cause()).contains("lost");
        assertThat(((Ingested.Accepted) read.get(read.size() - 1)).event())
                .isEqualTo(GeneratedInputs.event(9_999, TIME));
        assertThat(Reading.events(read).size()).isGreaterThan(7_000);
    }

    @Test
    void afterALostBlockHeaderReadingGoesOnAtTheNextSyncMarker() {
        byte[] file = GeneratedInputs.avro(CodecFactory.nullCodec(), 10_000, TIME);
        byte[] sync = Arrays.copyOfRange(file, file.length - 16, file.length);
        int secondBlock = indexOf(file, sync, indexOf(file, sync, 0) + 16) + 16;
        Arrays.fill(file, secondBlock, secondBlock + 3, (byte) 0xff);

        List<Ingested> read = Reading.all(file);

        assertThat(Reading.rejected(read)).hasSize(1);
        assertThat(Reading.rejected(read).get(0).original().length()).isGreaterThan(10_000);
        assertThat(((Ingested.Accepted) read.get(read.size() - 1)).event())
                .isEqualTo(GeneratedInputs.event(9_999, TIME));
    }

    @Test
    void anOlderSchemaWithFewerFieldsIsRead() throws IOException {
        Schema older = SchemaBuilder.record("io.stillwatch.schema.RequestEvent")
                .fields()
                .requiredLong("event_time")
                .requiredString("account_id")
                .optionalString("prompt")
                .endRecord();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(older))) {
            writer.create(older, file);
            writer.append(new GenericRecordBuilder(older)
                    .set("event_time", TIME)
                    .set("account_id", "a")
                    .set("prompt", "p")
                    .build());
        }

        assertThat(Reading.events(Reading.all(file.toByteArray())))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getPrompt()).isEqualTo("p");
                    assertThat(event.getEventId()).hasSize(32);
                });
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int at = from; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("The bytes are not there.");
    }
}
