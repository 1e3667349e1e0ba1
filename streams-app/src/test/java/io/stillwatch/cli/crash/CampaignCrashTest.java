package io.stillwatch.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A campaign is the same campaign with however many instances, and whatever happens to one of them. */
@Tag("broker")
@Tag("crash")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CampaignCrashTest {
    private static final int MEMBERS = 60;

    /** The harvest is over two days before the traffic is, so that all has been looked at, whichever came first. */
    private static final String PLAN = """
            name: crash-campaign
            seed: 12
            days: 4
            groups:
              - behaviour: reasoning-trace-elicitation
                accounts: 60
                requests: [16, 24]
                campaign: {name: hydra, deal: random, template: shared}
                together: {network: 6, payment: 10, client: 2, tls: 2}
                signed_up: [0.5, 10]
                days: 2
                timing: service
              - {persona: chat-user, accounts: 300, requests: [6, 20]}
              - {persona: popular-app, accounts: 40, requests: [4, 16]}
            """;

    private final Traffic traffic = new Traffic(PLAN);
    private Path directory;
    private Program program;
    private EmbeddedBroker broker;
    private Found undisturbed;

    /**
     * What was found.
     *
     * @param alerts ids of the campaigns that an alert was opened about
     * @param members accounts by campaign
     */
    private record Found(Set<String> alerts, Map<String, Set<String>> members) {}

    @BeforeAll
    void runUndisturbed(@TempDir Path temporary) throws Exception {
        directory = temporary;
        program = Program.pack(Files.createDirectory(temporary.resolve("program")));
        broker = EmbeddedBroker.start(new BrokerOptions(temporary.resolve("broker"), PortChoice.any()));
        try (Case whole = newCase("campaign-undisturbed")) {
            whole.feed(1);
            Instance only = whole.start("only");
            whole.awaitCommitted(only);
            only.stop();
            undisturbed = found(whole);
        }
    }

    @AfterAll
    void stopTheBroker() {
        broker.close();
    }

    private Case newCase(String name) throws Exception {
        return new Case(broker, program, name, traffic, directory);
    }

    @Test
    void oneInstanceFindsTheOneCampaignThereIs() {
        assertThat(undisturbed.alerts())
                .hasSize(1)
                .isEqualTo(undisturbed.members().keySet());
        assertThat(undisturbed.members().values().iterator().next()).hasSize(MEMBERS);
    }

    @Test
    void twoInstancesFindTheSameThoughOneIsKilledHalfWay() throws Exception {
        try (Case shared = newCase("campaign-shared");
                Watch watch = shared.watch()) {
            Instance first = shared.start("first");
            Instance second = shared.start("second");
            shared.awaitSharedBy(2);
            shared.feed(0.5);
            watch.awaitEvents(traffic.events() / 3, first);
            first.kill();
            shared.feed(1);
            shared.awaitCommitted(second);
            second.stop();

            assertSame(found(shared));
        }
    }

    @Test
    void twoInstancesFindTheSameUndisturbed() throws Exception {
        try (Case shared = newCase("campaign-two")) {
            Instance first = shared.start("first");
            Instance second = shared.start("second");
            shared.awaitSharedBy(2);
            shared.feed(1);
            shared.awaitCommitted(second);
            first.stop();
            second.stop();

            assertSame(found(shared));
        }
    }

    private void assertSame(Found found) {
        assertThat(found.alerts()).isEqualTo(undisturbed.alerts());
        assertThat(found.members().keySet()).isEqualTo(undisturbed.members().keySet());
        found.members()
                .forEach((campaign, accounts) -> assertThat(accounts)
                        .containsExactlyElementsOf(undisturbed.members().get(campaign)));
    }

    private Found found(Case of) {
        Set<String> alerts = new TreeSet<>();
        for (Alert step : of.outcome().alertSteps()) {
            if (step.getEntityType().equals("campaign")) {
                alerts.add(step.getEntityId());
            }
        }
        var deserializer = new SerdeFactory(WireFormat.singleObject())
                .serde(CampaignMember.class)
                .deserializer();
        Map<String, Set<String>> members = new TreeMap<>();
        List<ConsumerRecord<byte[], byte[]>> records = of.records(of.topics().campaigns());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String[] key = new String(record.key(), StandardCharsets.UTF_8).split("/", 2);
            if (record.value() == null) {
                members.getOrDefault(key[0], new TreeSet<>()).remove(key[1]);
            } else {
                CampaignMember member = deserializer.deserialize(record.topic(), record.value());
                members.computeIfAbsent(key[0], unused -> new TreeSet<>()).add(member.getAccountId());
            }
        }
        members.values().removeIf(Set::isEmpty);
        return new Found(alerts, members);
    }
}
