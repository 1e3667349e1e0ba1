package io.stillwatch.cli;

import static io.stillwatch.replay.SampleCampaigns.member;
import static io.stillwatch.replay.SampleCampaigns.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.alert.stix.StixValid;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands about campaigns on a real Kafka, from the one without topics to records written by hand. */
@Tag("broker")
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CampaignsLiveTest {
    private static final Topics TOPICS = Topics.live(Topics.DEFAULT_PREFIX);
    private static final SerdeFactory SERDES = new SerdeFactory(WireFormat.singleObject());
    private static final int MEMBERS = 60;

    @TempDir
    private static Path directory;

    private static Cluster cluster;

    private record Run(int status, String printed, String complained) {}

    @BeforeAll
    static void start() {
        Streams startup = new Streams();
        cluster = Cluster.open(
                new KafkaSettings(
                        Optional.empty(), Map.of(), Topics.DEFAULT_PREFIX, directory.resolve("data"), Optional.empty()),
                PortChoice.any(),
                new TerminalOutput(startup.out(), startup.err(), Terminal.NONE, Verbosity.NORMAL));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void withoutTopicsItIsSaidThatNothingRan() {
        for (Run run : List.of(run("list"), run("list", "--output", "json"), run("show", "c-1"))) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.complained()).contains("No pipeline has run here yet");
        }
    }

    @Test
    @Order(2)
    void theWorstOfTheOpenCampaignsIsListedFirstWithTheAccountsItHasNow() throws Exception {
        RunningCluster.ensure(cluster.connection(), TOPICS, TOPICS.alerts());
        RunningCluster.ensure(cluster.connection(), TOPICS, TOPICS.campaigns());
        writeAlerts(step("c-over", "al-1", 0, AlertState.OPENED, 9), step("c-over", "al-1", 1, AlertState.CLOSED, 9));
        assertThat(run("list"))
                .isEqualTo(new Run(
                        0,
                        "",
                        "No campaign is open; 'stillwatch campaigns list --all' shows the one that is closed.\n"));

        Alert worst = step("c-worst", "al-3", 0, AlertState.OPENED, 3);
        worst.setSeverity("critical");
        writeAlerts(step("c-open", "al-2", 0, AlertState.OPENED, 14), worst, SampleAlerts.opened());
        try (KafkaProducer<String, byte[]> producer = producer()) {
            for (int number = 0; number < MEMBERS; number++) {
                send(producer, member("c-open", "h-" + (100 + number), 0.9, 1_000 - number));
            }
            send(producer, member("c-worst", "left", 0.9, 5));
            send(producer, member("c-worst", "stays/with a slash", 0.9, 5));
            producer.send(new ProducerRecord<>(TOPICS.campaigns(), "c-worst/left", null))
                    .get();
        }

        Run listed = run("list");
        assertThat(listed.complained()).isEmpty();
        assertThat(listed.printed().lines())
                .satisfiesExactly(
                        header -> assertThat(header.split(" +"))
                                .containsExactly(
                                        "id",
                                        "state",
                                        "severity",
                                        "score",
                                        "opened",
                                        "accounts",
                                        "requests",
                                        "tokens",
                                        "behaviours"),
                        first -> assertThat(first.split(" +"))
                                .containsExactly(
                                        "c-worst",
                                        "open",
                                        "critical",
                                        "0.88",
                                        "2026-05-04T16:12Z",
                                        "1",
                                        "28,110",
                                        "31,900,000",
                                        "campaign-sharding"),
                        second -> assertThat(second.split(" +"))
                                .startsWith("c-open", "open", "high")
                                .contains("60", "58,230"));
        assertThat(run("list", "--all").printed().lines())
                .hasSize(4)
                .last()
                .asString()
                .startsWith("c-over ")
                .contains("closed");
        assertThat(run("list", "--output", "json").printed().lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("\"id\":\"c-worst\",\"state\":\"open\",\"alert_id\":\"al-3\"")
                .contains("\"opened_at\":\"2026-05-04T16:12:00Z\"")
                .contains("\"accounts\":1,\"requests\":28110,\"output_tokens\":31900000");
    }

    @Test
    @Order(3)
    void aCampaignIsExportedForOthersWithItsIdentifiersHashed() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "0123456789abcdef\n");
        Path bundle = directory.resolve("campaign.json");
        Run exported = run("export", "c-open", "--stix", bundle.toString(), "--hash-key-file", key.toString());
        assertThat(exported).isEqualTo(new Run(0, "", "Wrote " + bundle + ".\n"));
        String written = Files.readString(bundle);
        assertThat(StixValid.violations(written)).isEmpty();
        assertThat(written)
                .doesNotContain("h-100", "c-open")
                .contains(
                        // printf h-100 | openssl dgst -sha256 -hmac 0123456789abcdef
                        "9cffe115b81c0fee30d8b847004a7e6315fe3a39e34bb4ea358d62df097fd8ce");

        assertThat(run("export", "c-open", "--stix", bundle.toString()).complained())
                .contains("plain SHA-256");
        assertThat(run("export", "c-nothing", "--stix", bundle.toString()).complained())
                .contains("There is no campaign c-nothing");
        Files.writeString(key, "short");
        assertThat(run("export", "c-open", "--stix", bundle.toString(), "--hash-key-file", key.toString()))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE.code());
                    assertThat(refused.complained()).contains("at least 16 bytes");
                });
    }

    @Test
    @Order(3)
    void aCampaignIsShownWithItsFirstMembersOnATerminalAndWithAllOtherwise() throws Exception {
        Terminal terminal = new Terminal(true, true, true, 80);
        Run onTerminal = run(terminal, "show", "c-open");
        assertThat(onTerminal.printed())
                .contains("Campaign c-12: Complementary sharding over accounts")
                .contains("template_similarity")
                .containsPattern("opened +2026-05-10T13:03Z +14 +28,110")
                .contains("h-149 ")
                .doesNotContain("h-150 ");
        assertThat(onTerminal.complained())
                .isEqualToNormalizingWhitespace("These are 50 of 60 accounts; --all shows the others, too, and --output"
                        + " members.csv writes all to a file.");
        Run all = run(terminal, "show", "c-open", "--all");
        assertThat(all.printed()).contains("60 accounts").contains("h-100 ").contains("h-159 ");
        assertThat(all.complained()).isEmpty();
        assertThat(run("show", "c-open").printed()).contains("60 accounts").contains("h-159 ");

        Path file = directory.resolve("members.csv");
        Run written = run("show", "c-open", "--output", file.toString());
        assertThat(written.complained()).isEqualTo("Wrote " + file + ".\n");
        assertThat(written.printed()).contains("Growth").doesNotContain("h-100 ");
        assertThat(Files.readAllLines(file)).hasSize(MEMBERS + 1);
    }

    @Test
    @Order(4)
    void whatIsDecidedCountsForAllMembersAndNotOnlyForThoseTheAlertLists() throws Exception {
        RunningCluster.ensure(cluster.connection(), TOPICS, TOPICS.decisions());
        try (KafkaProducer<String, byte[]> producer = producer()) {
            for (int number = 0; number < MEMBERS; number++) {
                String account = "h-" + (100 + number);
                Decision decision = Decision.newBuilder()
                        .setAccountId(account)
                        .setAction(DecisionAction.BLOCK)
                        .setDecidedAt(1)
                        .build();
                byte[] bytes = SERDES.serde(Decision.class).serializer().serialize(TOPICS.decisions(), decision);
                producer.send(new ProducerRecord<>(TOPICS.decisions(), account, bytes))
                        .get();
            }
        }

        Run shown = runCommand("alerts", Terminal.NONE, "show", "al-2", "--brief");

        assertThat(shown.complained()).isEmpty();
        assertThat(shown.printed()).contains("block for 60 accounts");
    }

    @Test
    @Order(4)
    void whatWasMistypedIsOneSentence() {
        assertThat(run("show", "c-opne"))
                .isEqualTo(new Run(1, "", "stillwatch: There is no campaign c-opne; did you mean c-open?\n"));
        assertThat(run("show", "h-100").complained()).contains("belongs to campaign c-open.");
        assertThat(run("show", "c-open", "--output", "members.doc").status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run("list", "--output", "xml").status()).isEqualTo(ExitStatus.USAGE.code());
    }

    @Test
    @Order(5)
    void recordsThatTellOfNoMemberAreCountedAndLeftOut() throws Exception {
        byte[] valueOfAnother = bytes(member("c-open", "h-100", 0.9, 10));
        try (KafkaProducer<String, byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(
                            TOPICS.campaigns(), "c-open/noise", "no Avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
            producer.send(new ProducerRecord<>(TOPICS.campaigns(), "c-open/other", valueOfAnother))
                    .get();
        }

        Run shown = run("show", "c-open");
        assertThat(shown.status()).isZero();
        assertThat(shown.printed()).contains("60 accounts");
        assertThat(shown.complained())
                .startsWith("Unreadable: 2 records of the topic stillwatch.campaigns tell of no member")
                .hasLineCount(1);
    }

    @Test
    @Order(6)
    void anAlertThatCannotBeReadIsOneSentence() throws Exception {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(TOPICS.alerts(), "c-open", "no Avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }

        Run listed = run("list");
        assertThat(listed.status()).isEqualTo(ExitStatus.FAILURE.code());
        assertThat(listed.complained())
                .startsWith("stillwatch: A record of the topic stillwatch.alerts cannot be read as an alert;")
                .hasLineCount(1);
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(cluster.producerProperties(), new StringSerializer(), new ByteArraySerializer());
    }

    private static void writeAlerts(Alert... steps) throws Exception {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            for (Alert step : steps) {
                byte[] bytes = SERDES.serde(Alert.class).serializer().serialize(TOPICS.alerts(), step);
                producer.send(new ProducerRecord<>(TOPICS.alerts(), step.getEntityId(), bytes))
                        .get();
            }
        }
    }

    private static void send(KafkaProducer<String, byte[]> producer, CampaignMember member) throws Exception {
        String key = member.getCampaignId() + "/" + member.getAccountId();
        producer.send(new ProducerRecord<>(TOPICS.campaigns(), key, bytes(member)))
                .get();
    }

    private static byte[] bytes(CampaignMember member) {
        return SERDES.serde(CampaignMember.class).serializer().serialize(TOPICS.campaigns(), member);
    }

    private static Run run(String... arguments) {
        return run(Terminal.NONE, arguments);
    }

    private static Run run(Terminal terminal, String... arguments) {
        return runCommand("campaigns", terminal, arguments);
    }

    private static Run runCommand(String command, Terminal terminal, String... arguments) {
        Streams streams = new Streams();
        String[] all = Stream.of(
                        Stream.of(command),
                        Arrays.stream(arguments),
                        Stream.of("--data-dir", directory.resolve("data").toString()))
                .flatMap(part -> part)
                .toArray(String[]::new);
        int status = Main.run(Map.of(), terminal, streams.out(), streams.err(), all);
        return new Run(status, streams.printed(), streams.complained());
    }
}
