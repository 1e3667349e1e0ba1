package io.stillwatch.topology.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.DeadLetterHandler;
import io.stillwatch.topology.record.EventTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code schemas/asyncapi.yaml}, made from the catalogue of topics, the messages and their event types. */
final class AsyncApiDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String BINDING_VERSION = "0.5.0";
    private static final String AVRO_FORMAT = "application/vnd.apache.avro+json;version=1.9.0";
    private static final List<String> NUMBERS = List.of("retention.ms", "retention.bytes", "max.message.bytes");

    /** Who writes a topic, as seen by the pipeline. */
    private enum Way {
        SEND,
        RECEIVE
    }

    /**
     * A message of a topic.
     *
     * @param avro record, where the value is Avro
     * @param about what it is, where no record says it
     */
    private record Message(String name, String type, String contentType, Optional<String> avro, String about) {
        static Message avro(String record, String type) {
            return new Message(
                    record.substring(0, 1).toLowerCase(Locale.ROOT) + record.substring(1),
                    type,
                    "application/avro",
                    Optional.of(record),
                    "");
        }
    }

    private record Channel(String id, Way way, List<Message> messages) {
        Channel(String id, Way way, Message message) {
            this(id, way, List.of(message));
        }
    }

    /** By topic without its prefix. */
    private static final Map<String, Channel> CHANNELS = Map.ofEntries(
            Map.entry(
                    "requests",
                    new Channel(
                            "requests",
                            Way.RECEIVE,
                            List.of(
                                    Message.avro("RequestEvent", EventTypes.REQUEST),
                                    new Message(
                                            "endOfInput",
                                            EventTypes.END_OF_INPUT,
                                            "text/plain",
                                            Optional.empty(),
                                            "Says how far a log went; the header stillwatch.end-of-input has the time that"
                                                    + " all accounts have reached, in milliseconds since 1970, with a plus"
                                                    + " behind where more of the log may follow."),
                                    new Message(
                                            "unreadable",
                                            EventTypes.UNREADABLE,
                                            "application/octet-stream",
                                            Optional.empty(),
                                            "A record that came in from outside and cannot be read, as it was; the header"
                                                    + " stillwatch.unreadable has the cause. It is counted and set aside.")))),
            Map.entry(
                    "pieces",
                    new Channel(
                            "pieces",
                            Way.RECEIVE,
                            new Message(
                                    "piece",
                                    EventTypes.PIECE,
                                    "application/json",
                                    Optional.empty(),
                                    "A span, a log record or a row that tells a part of a request; what 'stillwatch run'"
                                            + " takes in writes it, and reads it to join the parts."))),
            Map.entry(
                    "fingerprints",
                    new Channel("fingerprints", Way.SEND, Message.avro("RequestFingerprint", EventTypes.FINGERPRINT))),
            Map.entry(
                    "profiles", new Channel("profiles", Way.SEND, Message.avro("ProfileSnapshot", EventTypes.PROFILE))),
            Map.entry("links", new Channel("links", Way.SEND, Message.avro("AccountLinks", EventTypes.LINKS))),
            Map.entry(
                    "campaigns",
                    new Channel("campaigns", Way.SEND, Message.avro("CampaignMember", EventTypes.CAMPAIGN_MEMBER))),
            Map.entry(
                    "signatures",
                    new Channel("signatures", Way.RECEIVE, Message.avro("SignatureDefinition", EventTypes.SIGNATURE))),
            Map.entry(
                    "baseline",
                    new Channel(
                            "baseline",
                            Way.RECEIVE,
                            new Message(
                                    "baseline",
                                    EventTypes.BASELINE,
                                    "application/json",
                                    Optional.empty(),
                                    "The baseline file that 'stillwatch calibrate' writes."))),
            Map.entry(
                    "enrolments",
                    new Channel(
                            "enrolments",
                            Way.RECEIVE,
                            new Message(
                                    "enrolment",
                                    EventTypes.ENROLMENT,
                                    "application/json",
                                    Optional.empty(),
                                    "An account's enrolment, as 'stillwatch enrolments add' writes it."))),
            Map.entry("findings", new Channel("findings", Way.SEND, Message.avro("ShadowFinding", EventTypes.FINDING))),
            Map.entry("triage", new Channel("triage", Way.RECEIVE, Message.avro("TriageRecord", EventTypes.TRIAGE))),
            Map.entry(
                    "allowlist",
                    new Channel("allowlist", Way.RECEIVE, Message.avro("AllowlistEntry", EventTypes.ALLOWLIST))),
            Map.entry("alerts", new Channel("alerts", Way.SEND, Message.avro("Alert", EventTypes.ALERT))),
            Map.entry(
                    "alerts.ocsf",
                    new Channel(
                            "alertsOcsf",
                            Way.SEND,
                            new Message(
                                    "detectionFinding",
                                    EventTypes.ALERT_OCSF,
                                    "application/json",
                                    Optional.empty(),
                                    "An OCSF Detection Finding (class_uid 2004, schema 1.8.0), one JSON object."))),
            Map.entry("decisions", new Channel("decisions", Way.SEND, Message.avro("Decision", EventTypes.DECISION))),
            Map.entry("losses", new Channel("losses", Way.SEND, Message.avro("SourceLosses", EventTypes.LOSSES))),
            Map.entry(
                    "dead-letters",
                    new Channel(
                            "deadLetters",
                            Way.SEND,
                            new Message(
                                    "deadLetter",
                                    EventTypes.DEAD_LETTER,
                                    "application/octet-stream",
                                    Optional.empty(),
                                    "A record as it came, with the cause in headers. content-type is the record's own"
                                            + " where it had one."))));

    private AsyncApiDocument() {}

    /** The document as YAML. */
    static String yaml(Topics topics) {
        ObjectNode document = JSON.objectNode();
        document.put("asyncapi", "3.1.0");
        info(document.putObject("info"));
        document.put("defaultContentType", "application/avro");
        ObjectNode server = document.putObject("servers").putObject("embedded");
        server.put("host", "127.0.0.1:19092");
        server.put("protocol", "kafka");
        server.put("description", "The embedded Kafka of 'stillwatch run'; with --bootstrap-servers any other.");
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        ObjectNode components = document.putObject("components");
        ObjectNode messages = components.putObject("messages");
        ObjectNode schemas = components.putObject("schemas");
        for (TopicSpec spec : topics.all()) {
            Channel channel = CHANNELS.get(spec.name().substring(topics.prefix().length()));
            channel(channels.putObject(channel.id()), spec, channel);
            operation(operations, spec, channel);
            for (Message message : channel.messages()) {
                message(messages.putObject(message.name()), spec, message);
            }
        }
        cloudEvent(schemas.putObject("cloudEvent"));
        cause(schemas.putObject("cause"));
        return text(document);
    }

    private static void info(ObjectNode info) {
        info.put("title", "Stillwatch");
        info.put("version", "1.0.0");
        info.put(
                "description",
                "The topics of Stillwatch, which finds accounts that harvest a language model's answers to train a rival"
                        + " model. Names begin with the prefix of --prefix. Values are Avro in the single-object encoding,"
                        + " or in the registry's format with --registry; requests may also be native JSON, which"
                        + " docs/input-formats.md describes. Every record has the headers of CloudEvents 1.0 in binary"
                        + " mode. A record without a value takes back what was said under its key.");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    }

    private static void channel(ObjectNode node, TopicSpec spec, Channel channel) {
        node.put("address", spec.name());
        node.put("description", spec.purpose());
        ObjectNode messages = node.putObject("messages");
        for (Message message : channel.messages()) {
            messages.putObject(message.name()).put("$ref", "#/components/messages/" + message.name());
        }
        ObjectNode kafka = node.putObject("bindings").putObject("kafka");
        kafka.put("topic", spec.name());
        kafka.put("partitions", spec.partitions());
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        ArrayNode policies = configuration.putArray("cleanup.policy");
        for (String policy : spec.configs().get("cleanup.policy").split(",", -1)) {
            policies.add(policy);
        }
        for (String name : NUMBERS) {
            if (spec.configs().containsKey(name)) {
                configuration.put(name, Long.parseLong(spec.configs().get(name)));
            }
        }
        kafka.put("bindingVersion", BINDING_VERSION);
    }

    private static void operation(ObjectNode operations, TopicSpec spec, Channel channel) {
        String verb = channel.way() == Way.SEND ? "send" : "receive";
        String name = verb
                + Character.toUpperCase(channel.id().charAt(0))
                + channel.id().substring(1);
        ObjectNode operation = operations.putObject(name);
        operation.put("action", verb);
        operation.putObject("channel").put("$ref", "#/channels/" + channel.id());
        operation.put("summary", spec.purpose());
        ArrayNode messages = operation.putArray("messages");
        for (Message message : channel.messages()) {
            messages.addObject().put("$ref", "#/channels/" + channel.id() + "/messages/" + message.name());
        }
    }

    private static void message(ObjectNode node, TopicSpec spec, Message message) {
        node.put("name", message.type());
        node.put("title", message.avro().orElse(message.name()));
        if (!message.about().isEmpty()) {
            node.put("description", message.about());
        }
        node.put("contentType", message.contentType());
        ArrayNode headers = node.putObject("headers").putArray("allOf");
        headers.addObject().put("$ref", "#/components/schemas/cloudEvent");
        if (message.type().equals(EventTypes.DEAD_LETTER)) {
            headers.addObject().put("$ref", "#/components/schemas/cause");
        }
        ObjectNode own = headers.addObject();
        own.put("type", "object");
        own.putObject("properties").putObject("ce_type").put("const", message.type());
        message.avro()
                .ifPresentOrElse(
                        record -> {
                            ObjectNode payload = node.putObject("payload");
                            payload.put("schemaFormat", AVRO_FORMAT);
                            payload.putObject("schema").put("$ref", "./src/main/avro/" + record + ".avsc");
                        },
                        () -> {
                            if (message.contentType().equals("application/json")) {
                                node.putObject("payload").put("type", "object");
                            } else {
                                node.putObject("payload").put("type", "string");
                            }
                        });
        ObjectNode kafka = node.putObject("bindings").putObject("kafka");
        ObjectNode key = kafka.putObject("key");
        key.put("type", "string");
        key.put("description", spec.key());
        kafka.put("bindingVersion", BINDING_VERSION);
    }

    private static void cloudEvent(ObjectNode schema) {
        schema.put("type", "object");
        schema.put("description", "CloudEvents 1.0 in binary mode (Kafka protocol binding).");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (String name : List.of(
                CloudEventHeaders.SPEC_VERSION,
                CloudEventHeaders.ID,
                CloudEventHeaders.SOURCE,
                CloudEventHeaders.TYPE,
                CloudEventHeaders.CONTENT_TYPE)) {
            required.add(name);
            properties.putObject(name).put("type", "string");
        }
        ((ObjectNode) properties.get(CloudEventHeaders.SPEC_VERSION)).put("const", "1.0");
        ((ObjectNode) properties.get(CloudEventHeaders.ID)).put("description", "Unique within the source.");
        ((ObjectNode) properties.get(CloudEventHeaders.SOURCE))
                .put("description", "/stillwatch, or where a request came from; losses are counted by it.");
        properties
                .putObject(CloudEventHeaders.TIME)
                .put("type", "string")
                .put("format", "date-time")
                .put("description", "Event time; without it the record's timestamp.");
    }

    private static void cause(ObjectNode schema) {
        schema.put("type", "object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        Map<String, String> described = new LinkedHashMap<>();
        described.put(DeadLetterHandler.EXCEPTION, "Class of the cause.");
        described.put(DeadLetterHandler.MESSAGE, "The cause in one sentence.");
        described.put(DeadLetterHandler.TOPIC, "Topic the record came from; missing where it came from a file.");
        described.put(DeadLetterHandler.PARTITION, "Partition the record came from, in decimal.");
        described.put(DeadLetterHandler.OFFSET, "Offset the record came from, in decimal.");
        described.put("stillwatch.source", "File and line the record came from.");
        described.put("stillwatch.sink", "The webhook or syslog receiver that did not take an alert.");
        described.put("ce_originalid", "ce_id of the record, where it had one.");
        described.put("ce_originaltype", "ce_type of the record, where it had one.");
        described.forEach((name, about) ->
                properties.putObject(name).put("type", "string").put("description", about));
        required.add(DeadLetterHandler.EXCEPTION).add(DeadLetterHandler.MESSAGE);
    }

    private static String text(ObjectNode document) {
        YAMLMapper mapper = YAMLMapper.builder(YAMLFactory.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .disable(YAMLGenerator.Feature.SPLIT_LINES)
                        .build())
                .build();
        try {
            return "# Made from the code: run AsyncApiTest with STILLWATCH_UPDATE_GOLDEN=true after a change.\n"
                    + mapper.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
