package io.stillwatch.topology;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.Utf8;

/** Messages that their schemas allow and nobody would mean: the ends of every range, nothing, and too much. */
final class HostileMessages {
    private static final long[] LONGS = {
        0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE + 1L, 1_790_000_000_000L, -62_135_596_800_001L
    };
    private static final int[] INTS = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};
    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        Double.MIN_VALUE
    };
    private static final String[] TEXTS = {
        "",
        " ",
        "a",
        "account",
        "campaign",
        "critical",
        "high",
        "PT24H",
        "P99999999999D",
        "PT-1H",
        "\u0000",
        "\ud800",
        "🜁",
        "=1+1",
        "../../x",
        "%s%n${jndi:x}",
        "'\"<script>",
        "a-b".repeat(70_000),
        "x".repeat(200_000),
        "[".repeat(100_000)
    };

    private final Random random;

    HostileMessages(long seed) {
        random = new Random(seed);
    }

    <T extends SpecificRecord> T message(Class<T> type) {
        return type.cast(record(SpecificData.get().getSchema(type)));
    }

    private Object record(Schema schema) {
        SpecificRecord record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema()));
        }
        return record;
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM ->
                SpecificData.get()
                        .createEnum(
                                schema.getEnumSymbols()
                                        .get(random.nextInt(
                                                schema.getEnumSymbols().size())),
                                schema);
            case ARRAY -> items(schema.getElementType());
            case MAP -> {
                Map<String, Object> map = new HashMap<>();
                items(schema.getValueType()).forEach(item -> map.put(text(), item));
                yield map;
            }
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case FIXED, BYTES -> {
                byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(1_000)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
            case STRING -> new Utf8(text()).toString();
            case INT -> INTS[random.nextInt(INTS.length)];
            case LONG -> LONGS[random.nextInt(LONGS.length)];
            case FLOAT -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
        };
    }

    private List<Object> items(Schema schema) {
        int count = random.nextInt(4) == 0 ? 0 : random.nextInt(5);
        List<Object> items = new ArrayList<>();
        for (int item = 0; item < count; item++) {
            items.add(value(schema));
        }
        return items;
    }

    String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
