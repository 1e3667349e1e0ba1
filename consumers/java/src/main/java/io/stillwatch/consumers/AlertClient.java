package io.stillwatch.consumers;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.UnreadableMessageException;
import io.stillwatch.schema.serde.WireFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints the alerts that are open and the decisions that hold, then each further one as it comes.
 *
 * <p>An example to start one's own program from, in one file: it needs the module {@code stillwatch-schemas} and Kafka's
 * client. Everybody who runs it sees everything, as it reads by partition and joins no consumer group.
 */
public final class AlertClient {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String USAGE = "Usage: AlertClient HOST:PORT [--config FILE] [--prefix PREFIX] [--once]";

    private final Consumer<String, byte[]> consumer;
    private final String alertTopic;
    private final String decisionTopic;
    private final PrintStream out;
    private final Deserializer<Alert> alertReader;
    private final Deserializer<Decision> decisionReader;

    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Decision> decisions = new LinkedHashMap<>();

    /**
     * @param consumer reads committed records only; stays the caller's to close
     * @param prefix what topics' names begin with, as {@code stillwatch.}
     */
    AlertClient(Consumer<String, byte[]> consumer, String prefix, PrintStream out) {
        // Single-object encoding; WireFormat.registry(url, Map.of()) for a pipeline that runs with --registry.
        SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
        this.consumer = consumer;
        this.alertTopic = prefix + "alerts";
        this.decisionTopic = prefix + "decisions";
        this.out = out;
        this.alertReader = serdes.serde(Alert.class).deserializer();
        this.decisionReader = serdes.serde(Decision.class).deserializer();
    }

    /** Reads until it is stopped, or with {@code --once} until the topics' ends. */
    public static void main(String[] arguments) throws IOException {
        Properties properties = new Properties();
        String prefix = "stillwatch.";
        boolean once = false;
        List<String> words = List.of(arguments);
        if (words.isEmpty() || words.get(0).startsWith("-")) {
            exit(USAGE);
        }
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--once")) {
                once = true;
            } else if (word.equals("--prefix") && i + 1 < words.size()) {
                prefix = words.get(++i);
            } else if (word.equals("--config") && i + 1 < words.size()) {
                try (Reader file = Files.newBufferedReader(Path.of(words.get(++i)))) {
                    properties.load(file);
                }
            } else {
                exit(USAGE);
            }
        }
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, words.get(0));
        // Stillwatch writes in transactions; without this a record of one that failed would be read as well.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            AlertClient client =
                    new AlertClient(consumer, prefix, new PrintStream(System.out, true, StandardCharsets.UTF_8));
            client.catchUp();
            client.printOpen();
            if (!once) {
                Runtime.getRuntime().addShutdownHook(new Thread(consumer::wakeup));
                client.follow();
            }
        } catch (UnreadableMessageException e) {
            exit(e.getMessage());
        }
    }

    private static void exit(String sentence) {
        System.err.println(sentence);
        System.exit(2);
    }

    /** Reads everything there is at the moment, and prints nothing yet. */
    void catchUp() {
        List<TopicPartition> partitions = List.of(alertTopic, decisionTopic).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        // The position, not the last record: a transaction's end takes an offset, too.
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
    }

    /** What is open and in force after {@link #catchUp}. */
    void printOpen() {
        alerts.values().stream()
                .filter(alert -> alert.getState() != AlertState.CLOSED)
                .forEach(alert -> out.println("OPEN     " + words(alert)));
        decisions.values().forEach(decision -> out.println(words(decision)));
    }

    private void follow() {
        try {
            while (true) {
                followOnce();
            }
        } catch (WakeupException | InterruptException e) {
            out.println("Stopped.");
        }
    }

    /** Prints each step and decision that has come since. */
    void followOnce() {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
            if (!take(message)) {
                continue;
            }
            if (message.topic().equals(alertTopic)) {
                Alert alert = alertReader.deserialize(alertTopic, message.value());
                out.println(String.format(Locale.ROOT, "%-8s %s", alert.getState(), words(alert)));
            } else if (message.value() == null) {
                out.println("LIFTED   " + printable(message.key()));
            } else {
                out.println(words(decisionReader.deserialize(decisionTopic, message.value())));
            }
        }
    }

    /** Whether the message says anything new. */
    private boolean take(ConsumerRecord<String, byte[]> message) {
        if (message.topic().equals(decisionTopic)) {
            if (message.value() == null) {
                // A tombstone: nothing is decided about this account any more.
                return decisions.remove(message.key()) != null;
            }
            decisions.put(message.key(), decisionReader.deserialize(decisionTopic, message.value()));
            return true;
        }
        if (message.value() == null) {
            return false;
        }
        Alert alert = alertReader.deserialize(alertTopic, message.value());
        Alert before = alerts.get(alert.getAlertId());
        if (before != null && alert.getSequence() <= before.getSequence()) {
            return false;
        }
        long expected = before == null ? 0 : before.getSequence() + 1;
        if (alert.getSequence() > expected) {
            out.println("MISSING  " + printable(alert.getAlertId()) + ": steps " + expected + " to "
                    + (alert.getSequence() - 1) + " are gone from the topic; its retention is shorter than the alert.");
        }
        alerts.put(alert.getAlertId(), alert);
        return true;
    }

    private static String words(Alert alert) {
        return String.format(
                Locale.ROOT,
                "%s %-8s %s %s: %s (score %.2f, step %d of %s)",
                printable(alert.getAlertId()),
                printable(alert.getSeverity()),
                printable(alert.getEntityType()),
                printable(alert.getEntityId()),
                printable(alert.getTitle()),
                alert.getScore(),
                alert.getSequence(),
                Instant.ofEpochMilli(alert.getTime()));
    }

    private static String words(Decision decision) {
        StringBuilder words = new StringBuilder(
                String.format(Locale.ROOT, "%-8s %s", decision.getAction(), printable(decision.getAccountId())));
        if (decision.getRate() != null) {
            words.append(String.format(Locale.ROOT, " to %.1f requests a minute", decision.getRate()));
        }
        if (decision.getEffectiveFrom() != null) {
            words.append(" from ").append(Instant.ofEpochMilli(decision.getEffectiveFrom()));
        }
        if (decision.getValidUntil() != null) {
            words.append(" until ").append(Instant.ofEpochMilli(decision.getValidUntil()));
        }
        if (decision.getAlertId() != null) {
            words.append(" because of ").append(printable(decision.getAlertId()));
        }
        return words.append(": ").append(printable(decision.getReason())).toString();
    }

    /** Accounts name themselves, so their names may try to move a terminal's cursor. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
