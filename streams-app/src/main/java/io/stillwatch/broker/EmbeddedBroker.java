package io.stillwatch.broker;

import io.stillwatch.host.FileHandles;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * The Kafka server, version and all, in this process: one KRaft node that is broker and controller, reachable from this
 * machine only, with its records in a directory it owns while it runs.
 *
 * <p>Records of any event time are accepted and none fall to retention unless their topic says so. The same directory
 * opened again has the same records, also after a crash.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** The largest record batch it takes, for topics that set no limit of their own: prompts of 10 MiB pass easily. */
    public static final int MAX_RECORD_BYTES = 36 * 1024 * 1024;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final DataDirectory directory;
    private final int port;
    private final String clusterId;
    private final BrokerServer broker;
    private final ControllerServer controller;
    private boolean closed;

    private EmbeddedBroker(
            DataDirectory directory, int port, String clusterId, BrokerServer broker, ControllerServer controller) {
        this.directory = directory;
        this.port = port;
        this.clusterId = clusterId;
        this.broker = broker;
        this.controller = controller;
    }

    /**
     * Starts a broker and returns when it serves.
     *
     * @throws BrokerException where the port or the data directory cannot be had, or the server fails to start
     */
    public static EmbeddedBroker start(BrokerOptions options) {
        DataDirectory directory = DataDirectory.claim(options.dataDirectory());
        try {
            return start(directory, options.port());
        } catch (RuntimeException | Error failed) {
            directory.close();
            throw failed;
        }
    }

    private static EmbeddedBroker start(DataDirectory directory, PortChoice choice) {
        FatalFaults faults = FatalFaults.haltingTheProcess(directory.path());
        try (LoopbackSockets sockets = new LoopbackSockets()) {
            int port = sockets.reserve(BrokerProperties.CLIENT_LISTENER, choice);
            int controllerPort = sockets.reserve(BrokerProperties.CONTROLLER_LISTENER, PortChoice.any());
            formatOnce(directory.kafka());
            KafkaConfig config =
                    KafkaConfig.fromProps(BrokerProperties.of(directory.kafka(), port, controllerPort), false);
            EmbeddedBroker embedded = assemble(config, faults, sockets, directory, port);
            faults.coverHalts();
            embedded.startUp();
            directory.announce(Optional.of(embedded.bootstrapServers()));
            return embedded;
        } catch (BrokerException explained) {
            throw explained;
        } catch (Exception broken) {
            FatalFaults.uncoverHalts();
            if (FileHandles.caused(broken)) {
                throw new BrokerException("The embedded Kafka could not start. " + FileHandles.sentence(), broken);
            }
            throw new BrokerException(
                    "The embedded Kafka could not start in " + directory.path() + ": " + rootOf(broken)
                            + "; give another --data-dir to start with an empty one.",
                    broken);
        }
    }

    /** Where clients connect, as {@code host:port}. */
    public String bootstrapServers() {
        return LoopbackSockets.HOST + ":" + port;
    }

    /** The port clients connect to: the one preferred, or another where that was taken. */
    public int port() {
        return port;
    }

    /** The name of the cluster this node is, given to the data directory once and for all. */
    public String clusterId() {
        return clusterId;
    }

    /** The directory this broker owns; the owner's other files, such as state stores, belong there too. */
    public DataDirectory dataDirectory() {
        return directory;
    }

    /** Stops serving, writes everything out and gives the directory up. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (directory) {
            broker.shutdown(STOP_WITHIN);
            controller.shutdown();
        } finally {
            FatalFaults.uncoverHalts();
        }
    }

    private static void formatOnce(Path logDirectory) throws Exception {
        if (Files.exists(logDirectory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        Files.createDirectories(logDirectory);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .addDirectory(logDirectory.toString())
                    .setMetadataLogDirectory(logDirectory.toString())
                    .run();
        }
    }

    // Kafka's own KafkaRaftServer does the same, but neither takes bound sockets nor lets us say why a process ends.
    private static EmbeddedBroker assemble(
            KafkaConfig config, FatalFaults faults, LoopbackSockets sockets, DataDirectory directory, int port) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> storage =
                KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(EmbeddedBroker.class), "");
        String clusterId = storage._1().clusterId().orElseThrow();
        SharedServer server = new SharedServer(
                config,
                storage._1(),
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                faults,
                sockets);
        return new EmbeddedBroker(
                directory,
                port,
                clusterId,
                new BrokerServer(server),
                new ControllerServer(server, KafkaRaftServer.configSchema(), storage._2()));
    }

    private void startUp() {
        controller.startup();
        try {
            broker.startup();
        } catch (RuntimeException | Error failed) {
            controller.shutdown();
            throw failed;
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
