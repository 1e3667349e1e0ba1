package io.stillwatch.cli.crash;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Three days of simulated requests as a gateway's network would deliver them: most in order, some twice, some within the
 * grace, some beyond it, and some broken. The same in every run.
 */
final class Traffic {
    private static final long SEED = 20_261_123;
    private static final String PLAN = """
            name: crash
            seed: 11
            days: 3
            groups:
              - {behaviour: logprob-harvest, accounts: 2, requests: [150, 250], days: 1}
              - {behaviour: rubric-grading, accounts: 2, requests: [150, 250], days: 1}
              - {behaviour: templated-augmentation, accounts: 3, requests: [150, 250], days: 1}
              - {behaviour: bulk-instruction-harvest, accounts: 3, requests: [150, 250]}
              - {persona: support-bot, accounts: 2, requests: [150, 250]}
              - {persona: chat-user, accounts: 300, requests: [4, 20]}
            """;
    private static final long MINUTE_MS = 60_000;

    private final List<Arrival> arrivals;
    private final Set<String> eventIds = new HashSet<>();
    private int unreadable;

    /**
     * One record on its way.
     *
     * @param atMs when it arrives, in milliseconds of event time
     * @param eventId empty for a record that nobody can read
     */
    private record Arrival(long atMs, String account, String eventId, long stampMs, Bytes value) {}

    Traffic() {
        this(PLAN);
    }

    /** @param plan what is simulated, as YAML */
    Traffic(String plan) {
        arrivals = new ArrayList<>();
        Serializer<RequestEvent> events = new SerdeFactory(WireFormat.singleObject())
                .serde(RequestEvent.class)
                .serializer();
        Random random = new Random(SEED);
        Iterator<RequestEvent> simulated = new Simulator(PlanReader.read(plan)).events();
        while (simulated.hasNext()) {
            RequestEvent event = simulated.next();
            eventIds.add(event.getEventId());
            deliver(event, events.serialize("", event), random);
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atMs));
    }

    private void deliver(RequestEvent event, byte[] value, Random random) {
        long timeMs = event.getEventTime();
        int fate = random.nextInt(1_000);
        long delayMs = 0;
        if (fate < 10) {
            delayMs = (90 + random.nextInt(240)) * MINUTE_MS;
        } else if (fate < 100) {
            delayMs = random.nextInt(50) * MINUTE_MS;
        }
        arrivals.add(
                new Arrival(timeMs + delayMs, event.getAccountId(), event.getEventId(), timeMs, Bytes.wrap(value)));
        if (fate >= 950) {
            long againMs = timeMs + random.nextInt(600) * MINUTE_MS;
            arrivals.add(new Arrival(againMs, event.getAccountId(), event.getEventId(), timeMs, Bytes.wrap(value)));
        }
        if (fate >= 500 && fate < 505) {
            byte[] broken = ("no event " + unreadable++).getBytes(StandardCharsets.UTF_8);
            arrivals.add(new Arrival(timeMs, event.getAccountId(), "", timeMs, Bytes.wrap(broken)));
        }
    }

    /** How many records there are. */
    int size() {
        return arrivals.size();
    }

    /** How many different events there are. */
    int events() {
        return eventIds.size();
    }

    /** How many records cannot be read. */
    int unreadable() {
        return unreadable;
    }

    /** Ids of the events of all records that can be read, sorted; an event that comes twice is there twice. */
    List<String> deliveredEventIds() {
        return arrivals.stream()
                .map(Arrival::eventId)
                .filter(id -> !id.isEmpty())
                .sorted()
                .toList();
    }

    /** Some of the records, in the order of arrival, for a topic. */
    List<ProducerRecord<byte[], byte[]>> records(String topic, int from, int to) {
        return arrivals.subList(from, to).stream()
                .map(arrival -> new ProducerRecord<>(
                        topic,
                        null,
                        arrival.stampMs(),
                        arrival.account().getBytes(StandardCharsets.UTF_8),
                        arrival.value().get()))
                .toList();
    }
}
