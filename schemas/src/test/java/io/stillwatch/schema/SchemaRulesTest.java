package io.stillwatch.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaRulesTest {
    private static final Set<String> PRIVACY_CLASSES = Set.of("content", "pseudonym", "metadata", "derived", "public");
    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern UNIT =
            Pattern.compile("milliseconds|\\bcount\\b|\\btokens\\b|0 to 1|dimensionless|\\d+-bit|"
                    + "bit set|requests a minute|HTTP status code|code points|version number|\\bunit\\b");
    private static final Set<Schema.Type> NUMBERS =
            Set.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);

    /** A field and where it is: the names of the records and fields around it, outermost first. */
    private record Place(String path, Schema.Field field) {}

    @Test
    void everyFieldSaysWhatItIs() throws IOException {
        assertThat(placesWhere(place ->
                        place.field().doc() == null || place.field().doc().isBlank()))
                .isEmpty();
    }

    @Test
    void everyNumberSaysItsUnit() throws IOException {
        assertThat(placesWhere(place -> holdsNumbers(place.field().schema())
                        && !UNIT.matcher(String.valueOf(place.field().doc())).find()))
                .isEmpty();
    }

    @Test
    void everyFieldHasAPrivacyClass() throws IOException {
        assertThat(placesWhere(place ->
                        !PRIVACY_CLASSES.contains(String.valueOf(place.field().getProp("privacy")))))
                .isEmpty();
    }

    @Test
    void onlyTheRequestEventCarriesText() throws IOException {
        assertThat(placesWhere(place -> "content".equals(place.field().getProp("privacy"))))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(path).startsWith("RequestEvent."));
    }

    @Test
    void everyFieldIsNamedInSnakeCase() throws IOException {
        assertThat(placesWhere(
                        place -> !SNAKE_CASE.matcher(place.field().name()).matches()))
                .isEmpty();
    }

    @Test
    void everyRecordAndEnumSaysWhatItIs() throws IOException {
        assertThat(namedTypes())
                .isNotEmpty()
                .allSatisfy(
                        type -> assertThat(type.getDoc()).as(type.getFullName()).isNotBlank());
    }

    /** Without a default, a symbol added later could not be read by readers of today, so none could ever be added. */
    @Test
    void everyEnumCanGrow() throws IOException {
        assertThat(namedTypes().stream().filter(type -> type.getType() == Schema.Type.ENUM))
                .isNotEmpty()
                .allSatisfy(type ->
                        assertThat(type.getEnumDefault()).as(type.getFullName()).isNotNull());
    }

    private static boolean holdsNumbers(Schema schema) {
        return NUMBERS.contains(schema.getType()) || parts(schema).stream().anyMatch(SchemaRulesTest::holdsNumbers);
    }

    private static List<String> placesWhere(Predicate<Place> condition) throws IOException {
        List<Place> places = new ArrayList<>();
        for (Schema schema : schemas()) {
            addFields(schema.getName(), schema, places);
        }
        assertThat(places).as("fields of all schemas").hasSizeGreaterThan(100);
        return places.stream().filter(condition).map(Place::path).toList();
    }

    private static void addFields(String path, Schema schema, List<Place> places) {
        if (schema.getType() == Schema.Type.RECORD) {
            for (Schema.Field field : schema.getFields()) {
                Place place = new Place(path + "." + field.name(), field);
                places.add(place);
                addFields(place.path(), field.schema(), places);
            }
        } else {
            parts(schema).forEach(part -> addFields(path, part, places));
        }
    }

    private static List<Schema> namedTypes() throws IOException {
        List<Schema> types = new ArrayList<>();
        schemas().forEach(schema -> addNamedTypes(schema, types));
        return types;
    }

    private static void addNamedTypes(Schema schema, List<Schema> types) {
        switch (schema.getType()) {
            case RECORD -> {
                types.add(schema);
                schema.getFields().forEach(field -> addNamedTypes(field.schema(), types));
            }
            case ENUM -> types.add(schema);
            default -> parts(schema).forEach(part -> addNamedTypes(part, types));
        }
    }

    /** What an array, map or union is made of; nothing for other types. */
    private static List<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            case UNION -> schema.getTypes();
            default -> List.of();
        };
    }

    private static List<Schema> schemas() throws IOException {
        List<Schema> schemas = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
            for (Path file : files.sorted().toList()) {
                schemas.add(new Schema.Parser().parse(Files.readString(file)));
            }
        }
        return schemas;
    }
}
