package io.stillwatch.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stillwatch.schema.serde.MessageTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** {@code schemas/asyncapi.yaml} against the topics and messages there are; its form is checked by .ci/asyncapi. */
class AsyncApiTest {
    private static final Path FILE = Path.of("..", "schemas", "asyncapi.yaml");

    private static JsonNode document() throws IOException {
        return new YAMLMapper().readTree(Files.readString(FILE));
    }

    @Test
    void theDocumentIsWhatTheCodeSays() throws IOException {
        String now = AsyncApiDocument.yaml(Topics.live(Topics.DEFAULT_PREFIX));
        if (Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"))) {
            Files.writeString(FILE, now);
        }
        assertThat(FILE).hasContent(now);
    }

    @Test
    void everyTopicIsAChannelWithItsPartitionsAndItsCleanUp() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (JsonNode channel : document().get("channels")) {
            addresses.add(channel.get("address").asText());
            TopicSpec spec = Topics.live(Topics.DEFAULT_PREFIX).all().stream()
                    .filter(known -> known.name().equals(channel.get("address").asText()))
                    .findFirst()
                    .orElseThrow();
            assertThat(channel.at("/bindings/kafka/partitions").asInt()).isEqualTo(spec.partitions());
            List<String> policies = new ArrayList<>();
            channel.at("/bindings/kafka/topicConfiguration/cleanup.policy")
                    .forEach(policy -> policies.add(policy.asText()));
            assertThat(String.join(",", policies)).isEqualTo(spec.configs().get("cleanup.policy"));
        }
        assertThat(addresses)
                .containsExactlyElementsOf(Topics.live(Topics.DEFAULT_PREFIX).all().stream()
                        .map(TopicSpec::name)
                        .toList());
    }

    @Test
    void everyMessageTypeIsThereWithTheSchemaThatItsClassHas() throws IOException {
        List<String> records = new ArrayList<>();
        for (JsonNode message : document().at("/components/messages")) {
            String reference = message.at("/payload/schema/$ref").asText();
            if (!reference.isEmpty()) {
                Schema schema = new Schema.Parser().parse(Files.readString(FILE.resolveSibling(reference)));
                records.add(schema.getName());
                assertThat(SchemaNormalization.toParsingForm(schema))
                        .isEqualTo(SchemaNormalization.toParsingForm(schemas().get(schema.getName())));
            }
        }
        assertThat(records).containsExactlyInAnyOrderElementsOf(schemas().keySet());
    }

    private static Map<String, Schema> schemas() {
        return MessageTypes.ALL.stream()
                .collect(Collectors.toMap(
                        Class::getSimpleName,
                        (Class<? extends SpecificRecord> type) ->
                                SpecificData.get().getSchema(type)));
    }
}
