package io.stillwatch.ingest;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.CodedOutputStream;
import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificDatumWriter;

/** Inputs too large or too binary to lie in the repository. */
final class GeneratedInputs {
    private static final long TIME = 1_790_000_000_000L;
    private static final int MEBIBYTE = 1 << 20;

    private GeneratedInputs() {}

    /** Makes the named input in the folder. */
    static Path make(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        switch (name) {
            case "directory" -> Files.createDirectory(file);
            case "missing" -> {
                // Not to be there is what it is about.
            }
            default -> Files.write(file, content(name));
        }
        return file;
    }

    private static byte[] content(String name) {
        byte[] gz = gzip(lines(100));
        return switch (name) {
            case "gz-truncated" -> Arrays.copyOf(gz, gz.length / 2);
            case "gz-second-member-truncated" -> joined(gz, Arrays.copyOf(gz, 7));
            case "gz-checksum" -> flipped(gz, gz.length - 6);
            case "gz-damaged" -> flipped(gz, gz.length / 2);
            case "gz-garbage-after" -> joined(gz, utf8("not gzip"));
            case "gz-empty" -> gzip(new byte[0]);
            case "zst-truncated" -> {
                byte[] zst = Zstd.compress(lines(20_000));
                yield Arrays.copyOf(zst, zst.length - 100);
            }
            case "ten-megabyte-prompt" -> among(line("a", "p".repeat(10 * MEBIBYTE)));
            case "record-beyond-limit" -> among(line("a", "p".repeat(33 * MEBIBYTE)));
            case "element-beyond-limit" ->
                utf8("[" + line("1", "") + "," + line("2", "p".repeat(33 * MEBIBYTE)) + "," + line("3", "") + "]");
            case "deep-nesting" -> among("{\"account_id\":\"a\",\"deep\":" + "[".repeat(100_000) + "}");
            case "many-attributes" -> manyAttributes();
            case "avro-truncated" -> {
                byte[] avro = avro(CodecFactory.nullCodec(), 3_000, TIME);
                yield Arrays.copyOf(avro, avro.length - 5_000);
            }
            case "avro-header-truncated" -> Arrays.copyOf(avro(CodecFactory.nullCodec(), 1, TIME), 100);
            case "avro-damaged-block" -> {
                byte[] avro = avro(CodecFactory.deflateCodec(6), 12_000, TIME);
                Arrays.fill(avro, avro.length / 2, avro.length / 2 + 64, (byte) 0xff);
                yield avro;
            }
            case "avro-other-schema" -> otherAvro();
            case "avro-seconds" -> avroWithSeconds();
            case "avro-as-otel" -> avro(CodecFactory.nullCodec(), 1, TIME);
            default -> throw new IllegalArgumentException("Nobody makes " + name + ".");
        };
    }

    static byte[] lines(int count) {
        // Random words, so that a compressed file is not over before it can be cut.
        Random random = new Random(count);
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < count; number++) {
            text.append(line("acct-" + number % 7, "word " + Long.toHexString(random.nextLong())))
                    .append('\n');
        }
        return utf8(text.toString());
    }

    static String line(String account, String prompt) {
        return "{\"event_time\":" + TIME + ",\"account_id\":\"" + account + "\",\"prompt\":\"" + prompt + "\"}";
    }

    private static byte[] among(String line) {
        return utf8(line("a", "before") + "\n" + line + "\n" + line("a", "after") + "\n");
    }

    private static byte[] manyAttributes() {
        StringBuilder text = new StringBuilder("{\"event_time\":" + TIME + ",\"account_id\":\"a\"");
        for (int number = 0; number < 1_000; number++) {
            text.append(",\"field-").append(number).append("\":").append(number);
        }
        return utf8(text.append("}\n").toString());
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 0x55;
        return flipped;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static RequestEvent event(int number, long time) {
        try {
            RequestEvent event = RequestEventJson.read(utf8(line("acct-" + number % 7, "prompt " + number)));
            event.setEventTime(time);
            return event;
        } catch (RecordRejected e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] avro(CodecFactory codec, int events, long time) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<RequestEvent> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(RequestEvent.class))) {
            writer.setCodec(codec).create(RequestEvent.getClassSchema(), bytes);
            for (int number = 0; number < events; number++) {
                writer.append(event(number, time));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] avroWithSeconds() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<RequestEvent> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(RequestEvent.class))) {
            writer.create(RequestEvent.getClassSchema(), bytes);
            writer.append(event(0, TIME));
            writer.append(event(1, TIME / 1_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] otherAvro() {
        Schema schema =
                SchemaBuilder.record("Purchase").fields().requiredString("item").endRecord();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, bytes);
            writer.append(new GenericRecordBuilder(schema).set("item", "x").build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Spans in OTLP's protobuf encoding, each a call with a prompt. */
    static byte[] otlp(int spans) {
        byte[][] encoded = new byte[spans][];
        for (int number = 0; number < spans; number++) {
            int each = number;
            encoded[number] = message(out -> {
                out.writeByteArray(1, utf8(String.format("trace-%010d", each)));
                out.writeByteArray(2, utf8(String.format("sp-%05d", each)));
                out.writeString(5, "chat m");
                out.writeFixed64(7, (TIME + each) * 1_000_000);
                out.writeFixed64(8, (TIME + each + 900) * 1_000_000);
                out.writeByteArray(9, attribute("gen_ai.request.model", "m"));
                out.writeByteArray(
                        9,
                        attribute("gen_ai.input.messages", "[{\"role\":\"user\",\"content\":\"Why " + each + "?\"}]"));
            });
        }
        byte[] resource = message(out -> out.writeByteArray(1, attribute("account.id", "acct-1")));
        byte[] scope = message(out -> {
            out.writeByteArray(1, message(named -> named.writeString(1, "library")));
            for (byte[] span : encoded) {
                out.writeByteArray(2, span);
            }
        });
        return message(out -> out.writeByteArray(1, message(batch -> {
            batch.writeByteArray(1, resource);
            batch.writeByteArray(2, scope);
        })));
    }

    private static byte[] attribute(String key, String value) {
        return message(out -> {
            out.writeString(1, key);
            out.writeByteArray(2, message(any -> any.writeString(1, value)));
        });
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Messages with four bytes of length before each. */
    static byte[] framed(byte[]... messages) {
        byte[] all = new byte[0];
        for (byte[] message : messages) {
            all = joined(
                    joined(all, ByteBuffer.allocate(4).putInt(message.length).array()), message);
        }
        return all;
    }
}
