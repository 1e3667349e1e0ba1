package io.stillwatch.schema.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.serde.MessageTypes;
import io.stillwatch.schema.serde.ReleasedSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaHistoryTest {
    private static final Path MODULE = Path.of("");

    @Test
    void everySchemaAndAllItsReleasedVersionsReadEachOther() throws IOException {
        List<SchemaHistory> histories = SchemaHistory.of(MODULE);

        assertThat(histories)
                .isNotEmpty()
                .allSatisfy(history ->
                        assertThat(history.released()).as(history.name()).isNotEmpty());
        assertThat(histories.stream().flatMap(history -> history.incompatibilities().stream()))
                .isEmpty();
    }

    @Test
    void everySchemaIsItsNewestRelease() throws IOException {
        assertThat(SchemaHistory.of(MODULE).stream().flatMap(history -> history.unreleased().stream()))
                .isEmpty();
    }

    @Test
    void everyMessageTypeHasItsSchemaFileAndTheOtherWayRound() throws IOException {
        assertThat(SchemaHistory.of(MODULE))
                .extracting(SchemaHistory::name)
                .containsExactlyInAnyOrderElementsOf(
                        MessageTypes.ALL.stream().map(Class::getSimpleName).toList());
    }

    @Test
    void theProgramFindsEveryReleasedFile() throws IOException {
        for (Class<? extends SpecificRecord> type : MessageTypes.ALL) {
            Path folder = MODULE.resolve("src/main/resources/io/stillwatch/schema/released")
                    .resolve(type.getSimpleName());
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(ReleasedSchemas.of(type).versions()).hasSize((int) files.count());
            }
        }
    }

    @Test
    void aNewFieldWithoutADefaultIsIncompatible(@TempDir Path module) throws IOException {
        release(module, "{\"name\": \"a\", \"type\": \"string\"}");
        change(module, "{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"int\"}");

        assertThat(only(module).incompatibilities())
                .singleElement()
                .asString()
                .contains("cannot read messages of Sample v1", "READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1");
    }

    @Test
    void aRemovedFieldThatOlderReadersNeedIsIncompatible(@TempDir Path module) throws IOException {
        release(module, "{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"int\"}");
        change(module, "{\"name\": \"a\", \"type\": \"string\"}");

        assertThat(only(module).incompatibilities()).singleElement().asString().contains("Readers of Sample v1");
    }

    @Test
    void aChangeIsHeldAgainstOldVersionsToo(@TempDir Path module) throws IOException {
        release(
                module,
                "{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"int\", \"default\": 0}");
        change(module, "{\"name\": \"a\", \"type\": \"string\"}");
        ReleaseSchemas.release(module);
        change(
                module,
                "{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"string\", \"default\": \"\"}");

        assertThat(only(module).incompatibilities())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains("v1").contains("TYPE_MISMATCH"));
    }

    @Test
    void aNewFieldWithADefaultIsCompatibleAndToBeReleasedAsTheNextVersion(@TempDir Path module) throws IOException {
        release(module, "{\"name\": \"a\", \"type\": \"string\"}");
        change(module, "{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"int\", \"default\": 0}");

        assertThat(only(module).incompatibilities()).isEmpty();
        assertThat(only(module).unreleased()).get().asString().contains("newest release v1", "release it as v2");

        assertThat(ReleaseSchemas.release(module)).singleElement().asString().endsWith("v2.avsc");
        assertThat(only(module).unreleased()).isEmpty();
        assertThat(ReleaseSchemas.release(module)).isEmpty();
    }

    @Test
    void aSchemaThatWasNeverReleasedIsDetected(@TempDir Path module) throws IOException {
        change(module, "{\"name\": \"a\", \"type\": \"string\"}");

        assertThat(only(module).unreleased()).get().asString().contains("never released", "as v1");
    }

    @Test
    void anIncompatibleSchemaIsNotReleased(@TempDir Path module) throws IOException {
        release(module, "{\"name\": \"a\", \"type\": \"string\"}");
        change(module, "{\"name\": \"a\", \"type\": \"long\"}");

        assertThatThrownBy(() -> ReleaseSchemas.release(module)).hasMessageContaining("Sample v1");
        assertThat(only(module).nextFile()).doesNotExist();
    }

    private static SchemaHistory only(Path module) throws IOException {
        List<SchemaHistory> histories = SchemaHistory.of(module);
        assertThat(histories).hasSize(1);
        return histories.get(0);
    }

    private static void release(Path module, String fields) throws IOException {
        change(module, fields);
        ReleaseSchemas.release(module);
    }

    private static void change(Path module, String fields) throws IOException {
        Path sources = Files.createDirectories(module.resolve("src/main/avro"));
        Files.writeString(
                sources.resolve("Sample.avsc"),
                "{\"type\": \"record\", \"name\": \"Sample\", \"namespace\": \"x\", \"fields\": [" + fields + "]}");
    }
}
