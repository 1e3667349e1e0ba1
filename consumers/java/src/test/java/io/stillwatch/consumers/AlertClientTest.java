package io.stillwatch.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertClientTest {
    private static final TopicPartition ALERTS = new TopicPartition("stillwatch.alerts", 0);
    private static final TopicPartition DECISIONS = new TopicPartition("stillwatch.decisions", 0);

    private final SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AlertClient client =
            new AlertClient(consumer, "stillwatch.", new PrintStream(printed, true, StandardCharsets.UTF_8));

    private long alerts;
    private long decisions;

    @BeforeEach
    void topics() {
        for (TopicPartition partition : List.of(ALERTS, DECISIONS)) {
            Node broker = new Node(0, "127.0.0.1", 9092);
            consumer.updatePartitions(
                    partition.topic(),
                    List.of(new PartitionInfo(partition.topic(), 0, broker, new Node[] {broker}, new Node[] {broker})));
        }
        consumer.updateBeginningOffsets(Map.of(ALERTS, 0L, DECISIONS, 0L));
    }

    @Test
    void printsWhatIsOpenAndInForce() {
        catchUpWith(() -> {
            alert("al-1", 0, AlertState.OPENED, "acct-1");
            alert("al-2", 0, AlertState.OPENED, "acct-2");
            alert("al-1", 1, AlertState.CLOSED, "acct-1");
            decision("acct-2", throttle("acct-2"));
            decision("acct-3", throttle("acct-3"));
            decision("acct-3", null);
        });

        client.printOpen();

        assertThat(lines())
                .containsExactly(
                        "OPEN     al-2 high     account acct-2: A harvest (score 0.75, step 0 of 1970-01-01T00:00:01Z)",
                        "THROTTLE acct-2 to 20.0 requests a minute until 1970-01-01T00:01:00Z because of al-2: a harvest");
    }

    @Test
    void followsStepsAndDecisions() {
        catchUpWith(() -> alert("al-1", 0, AlertState.OPENED, "acct-1"));

        alert("al-1", 1, AlertState.UPDATED, "acct-1");
        decision("acct-1", throttle("acct-1"));
        decision("acct-1", null);
        client.followOnce();

        assertThat(lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("UPDATED  al-1"))
                .anySatisfy(line -> assertThat(line).startsWith("THROTTLE acct-1"))
                .anySatisfy(line -> assertThat(line).isEqualTo("LIFTED   acct-1"));
    }

    @Test
    void saysWhichStepsAreMissing() {
        catchUpWith(() -> alert("al-1", 2, AlertState.UPDATED, "acct-1"));

        assertThat(lines()).singleElement().asString().startsWith("MISSING  al-1: steps 0 to 1 are gone");
    }

    @Test
    void aStepThatComesTwiceIsPrintedOnce() {
        catchUpWith(() -> alert("al-1", 0, AlertState.OPENED, "acct-1"));

        alert("al-1", 1, AlertState.UPDATED, "acct-1");
        alert("al-1", 1, AlertState.UPDATED, "acct-1");
        client.followOnce();

        assertThat(lines()).singleElement().asString().startsWith("UPDATED  al-1");
    }

    @Test
    void namesCannotMoveTheCursor() {
        catchUpWith(() -> alert("al-1", 0, AlertState.OPENED, "\u001b[2Jacct"));

        client.printOpen();

        assertThat(lines()).singleElement().asString().contains("account ?[2Jacct");
    }

    /** MockConsumer takes records only for what is assigned, which is done while the client catches up. */
    private void catchUpWith(Runnable records) {
        consumer.schedulePollTask(records);
        consumer.updateEndOffsets(Map.of(ALERTS, 1L, DECISIONS, 0L));
        client.catchUp();
    }

    private void alert(String id, long sequence, AlertState state, String account) {
        Alert alert = Alert.newBuilder()
                .setAlertId(id)
                .setSequence(sequence)
                .setState(state)
                .setEntityType("account")
                .setEntityId(account)
                .setSeverity("high")
                .setScore(0.75)
                .setTime(1000)
                .setOpenedAt(1000)
                .setFirstEventTime(0)
                .setRequests(1)
                .setOutputTokens(1)
                .setTitle("A harvest")
                .setExplanation("Because.")
                .setFindings(List.of())
                .build();
        byte[] bytes = serdes.serde(Alert.class).serializer().serialize(ALERTS.topic(), alert);
        consumer.addRecord(new ConsumerRecord<>(ALERTS.topic(), 0, alerts++, account, bytes));
    }

    private static Decision throttle(String account) {
        return Decision.newBuilder()
                .setAccountId(account)
                .setAction(DecisionAction.THROTTLE)
                .setRate(20.0)
                .setDecidedAt(1000)
                .setValidUntil(60_000L)
                .setAlertId("al-2")
                .setReason("a harvest")
                .build();
    }

    private void decision(String account, Decision decision) {
        byte[] bytes = decision == null
                ? null
                : serdes.serde(Decision.class).serializer().serialize(DECISIONS.topic(), decision);
        consumer.addRecord(new ConsumerRecord<>(DECISIONS.topic(), 0, decisions++, account, bytes));
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
