package io.stillwatch.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.ingest.Forms;
import io.stillwatch.replay.LossReader;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process that takes requests in over HTTP is killed while a client posts: its word is kept, and nothing counts twice. */
@Tag("broker")
@Tag("crash")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class IntakeCrashTest {
    private static final long SEED = 20_261_130;
    private static final int KILLS = 4;
    private static final int BATCH = 10;
    private static final int PARTITIONS = 2;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final SerdeFactory SERDES = new SerdeFactory(WireFormat.singleObject());

    private static final String PLAN = """
            name: posted
            seed: 17
            days: 1
            groups:
              - {behaviour: bulk-instruction-harvest, accounts: 2, requests: [300, 300]}
              - {persona: chat-user, accounts: 12, requests: [4, 9]}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(SEED);
    private final Set<String> promised = new HashSet<>();
    private final AtomicInteger answered = new AtomicInteger();
    private int sentAgain;

    /**
     * What is posted in one go.
     *
     * @param ids of its events
     */
    private record Post(String path, String type, Bytes body, List<String> ids) {}

    @Test
    void whatWasAnsweredIsKeptAndWhatIsSentAgainCountsOnce(@TempDir Path directory) throws Exception {
        Program program = Program.pack(Files.createDirectory(directory.resolve("program")));
        try (EmbeddedBroker broker =
                        EmbeddedBroker.start(new BrokerOptions(directory.resolve("broker"), PortChoice.any()));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<Post> posts = posts();
            Topics undisturbed = topics(admin, "undisturbed.");
            Set<String> expected = post(program, broker, undisturbed, directory, posts, 0);
            assertThat(sentAgain).isZero();

            Topics killed = topics(admin, "killed.");
            Set<String> opened = post(program, broker, killed, directory, posts, KILLS);

            assertThat(sentAgain).isGreaterThanOrEqualTo(KILLS / 2);
            assertThat(expected).hasSizeGreaterThanOrEqualTo(4);
            assertThat(opened).isEqualTo(expected);
        }
    }

    private static Topics topics(Admin admin, String prefix) {
        Topics topics = Topics.of(prefix, PARTITIONS, Topics.RequestsKept.ALL);
        new TopicProvisioner(admin).createMissing(topics.all(), Optional.empty());
        return topics;
    }

    /** Each request comes twice, under accounts of their own: as one of LiteLLM's payloads and as a span in protobuf. */
    private static List<Post> posts() {
        List<Post> posts = new ArrayList<>();
        List<RequestEvent> batch = new ArrayList<>();
        new Simulator(PlanReader.read(PLAN)).events().forEachRemaining(event -> {
            batch.add(event);
            if (batch.size() == BATCH) {
                addPosts(posts, batch);
            }
        });
        addPosts(posts, batch);
        return posts;
    }

    private static void addPosts(List<Post> posts, List<RequestEvent> batch) {
        List<RequestEvent> lines = new ArrayList<>();
        Map<String, List<RequestEvent>> spans = new TreeMap<>();
        for (RequestEvent event : batch) {
            int number = posts.size() * BATCH + lines.size();
            lines.add(Forms.common(event, "lines-" + event.getAccountId(), number));
            RequestEvent span = Forms.common(event, "spans-" + event.getAccountId(), number);
            spans.computeIfAbsent(span.getAccountId(), unseen -> new ArrayList<>())
                    .add(span);
        }
        posts.add(new Post(
                "/v1/requests",
                "application/json",
                Bytes.wrap(lines.stream()
                        .map(Forms::liteLlm)
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(StandardCharsets.UTF_8)),
                ids(lines)));
        spans.values()
                .forEach(of -> posts.add(
                        new Post("/v1/traces", "application/x-protobuf", Bytes.wrap(Forms.protobuf(of)), ids(of))));
        batch.clear();
    }

    private static List<String> ids(List<RequestEvent> events) {
        return events.stream().map(RequestEvent::getEventId).toList();
    }

    /** Posts all, with kills on the way; returns the alerts that opened: whose, when, and what for. */
    private Set<String> post(
            Program program, EmbeddedBroker broker, Topics topics, Path directory, List<Post> posts, int kills)
            throws Exception {
        promised.clear();
        answered.set(0);
        Outcome.Reader reader = new Outcome.Reader(broker.bootstrapServers());
        Instance instance = start(program, broker, topics, directory);
        try {
            int port = instance.intakePort();
            Thread killer = null;
            int nextKill = kills == 0 ? Integer.MAX_VALUE : posts.size() / (kills + 1);
            for (int number = 0; number < posts.size(); ) {
                if (number >= nextKill && killer == null) {
                    killer = killSoon(instance);
                    nextKill += posts.size() / (kills + 1);
                }
                if (isAnswered(port, posts.get(number))) {
                    promised.addAll(posts.get(number).ids());
                    number++;
                } else {
                    sentAgain++;
                    assertThat(killer).as("refused without a kill").isNotNull();
                    killer.join();
                    killer = null;
                    assertThat(kept(reader, topics)).containsAll(promised);
                    instance = start(program, broker, topics, directory);
                    port = instance.intakePort();
                }
            }
            if (killer != null) {
                killer.join();
                instance = start(program, broker, topics, directory);
            }
            return outcome(reader, broker, topics, posts, instance);
        } finally {
            instance.close();
        }
    }

    private static Instance start(Program program, EmbeddedBroker broker, Topics topics, Path directory)
            throws IOException {
        return Instance.start(
                program,
                broker.bootstrapServers(),
                topics.prefix(),
                directory.resolve(topics.prefix() + "data"),
                Map.of(
                        "commit.interval.ms",
                        "200",
                        "consumer.session.timeout.ms",
                        "6000",
                        "producer.transaction.timeout.ms",
                        "5000",
                        "consumer.group.instance.id",
                        "only"),
                List.of("--intake-port", "0"));
    }

    /** Kills it while the next posts are under way, at no moment in particular. */
    private Thread killSoon(Instance instance) {
        int after = answered.get() + random.nextInt(3);
        int micros = random.nextInt(3_000);
        Thread killer = new Thread(() -> {
            try {
                while (answered.get() < after) {
                    Thread.onSpinWait();
                }
                TimeUnit.MICROSECONDS.sleep(micros);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            instance.kill();
        });
        killer.setDaemon(true);
        killer.start();
        return killer;
    }

    private boolean isAnswered(int port, Post post) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + post.path()))
                            .timeout(ANSWER_WITHIN)
                            .header("Content-Type", post.type())
                            .POST(HttpRequest.BodyPublishers.ofByteArray(
                                    post.body().get()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
            if (answer.statusCode() == 200) {
                answered.incrementAndGet();
                return true;
            }
            return false;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Ids of what Kafka has, as requests or as pieces of them. */
    private static Set<String> kept(Outcome.Reader reader, Topics topics) {
        Set<String> ids = new HashSet<>(requests(reader, topics));
        reader.records(topics.pieces()).forEach(piece -> {
            String json = new String(piece.value(), StandardCharsets.UTF_8);
            ids.add(after(json, "\"trace\":\"", 32) + "-" + after(json, "\"id\":\"", 16));
        });
        return ids;
    }

    private static String after(String json, String name, int length) {
        int from = json.indexOf(name) + name.length();
        return json.substring(from, from + length);
    }

    private static List<String> requests(Outcome.Reader reader, Topics topics) {
        try (var events = SERDES.serde(RequestEvent.class).deserializer()) {
            return reader.records(topics.requests()).stream()
                    .filter(record -> record.key() != null)
                    .map(record ->
                            events.deserialize(record.topic(), record.value()).getEventId())
                    .toList();
        }
    }

    private Set<String> outcome(
            Outcome.Reader reader, EmbeddedBroker broker, Topics topics, List<Post> posts, Instance instance)
            throws Exception {
        Set<String> all = posts.stream().flatMap(post -> post.ids().stream()).collect(Collectors.toSet());
        Await.until("all posts have become requests", () -> {
            instance.requireAlive();
            TimeUnit.SECONDS.sleep(1);
            return new HashSet<>(requests(reader, topics)).equals(all);
        });
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        Await.until("all requests are counted, each once", () -> {
            instance.requireAlive();
            TimeUnit.SECONDS.sleep(1);
            SourceLosses sum = sum(LossReader.read(topics, SERDES, properties));
            assertThat(sum.getCounted()).isLessThanOrEqualTo(all.size());
            assertThat(sum.getLate() + sum.getUnreadable()).isZero();
            return sum.getCounted() == all.size()
                    && sum.getDuplicate() == requests(reader, topics).size() - all.size();
        });
        List<Alert> steps = Outcome.read(broker.bootstrapServers(), topics).alertSteps();
        List<String> opened = steps.stream()
                .filter(step -> step.getState() == AlertState.OPENED)
                .map(step -> step.getEntityId() + " at " + step.getTime() + ": "
                        + step.getFindings().stream()
                                .map(Finding::getSignatureId)
                                .toList())
                .toList();
        assertThat(opened).doesNotHaveDuplicates();
        return Set.copyOf(opened);
    }

    private static SourceLosses sum(Map<String, SourceLosses> ledger) {
        SourceLosses sum = SourceLosses.newBuilder()
                .setSource("all")
                .setPartition(0)
                .setTime(0)
                .setRecords(0)
                .setCounted(0)
                .build();
        ledger.values().forEach(line -> {
            sum.setCounted(sum.getCounted() + line.getCounted());
            sum.setDuplicate(sum.getDuplicate() + line.getDuplicate());
            sum.setLate(sum.getLate() + line.getLate());
            sum.setUnreadable(sum.getUnreadable() + line.getUnreadable());
        });
        return sum;
    }
}
