package io.stillwatch.schema.serde;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Messages of any type with values of every kind in every field, the same ones for the same seed. */
final class RandomMessages {
    private static final String[] STRINGS = {"", "a", "acct-1", "żółć", "\u0000\n", "日本語", "😀", "{\"x\":1}"};

    private final SplittableRandom random;

    RandomMessages(long seed) {
        MessageTypes.trust();
        this.random = new SplittableRandom(seed);
    }

    <T extends SpecificRecord> T next(Class<T> type) {
        return type.cast(value(ReleasedSchemas.current(type)));
    }

    byte[] bytes(int maxLength) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> message(schema);
            case ENUM ->
                SpecificData.get()
                        .createEnum(
                                schema.getEnumSymbols()
                                        .get(random.nextInt(
                                                schema.getEnumSymbols().size())),
                                schema);
            case ARRAY -> list(schema.getElementType());
            case MAP -> map(schema.getValueType());
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case STRING ->
                random.nextInt(50) == 0
                        ? "long ".repeat(random.nextInt(5000))
                        : STRINGS[random.nextInt(STRINGS.length)];
            case BYTES -> ByteBuffer.wrap(bytes(300));
            case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(100);
            case LONG -> random.nextBoolean() ? random.nextLong() : random.nextLong(100);
            case DOUBLE -> random.nextBoolean() ? Double.NEGATIVE_INFINITY : random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            case FLOAT, FIXED -> throw new IllegalStateException("No message has a field of type " + schema.getType());
        };
    }

    private Object message(Schema schema) {
        SpecificRecord message = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        schema.getFields().forEach(field -> message.put(field.pos(), value(field.schema())));
        return message;
    }

    private List<Object> list(Schema elements) {
        List<Object> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            list.add(value(elements));
        }
        return list;
    }

    private Map<String, Object> map(Schema values) {
        Map<String, Object> map = new HashMap<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            map.put("key" + random.nextInt(), value(values));
        }
        return map;
    }
}
