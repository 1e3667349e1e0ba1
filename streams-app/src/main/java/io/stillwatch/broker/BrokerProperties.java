package io.stillwatch.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The server configuration of a single node that shares its process, and perhaps a laptop, with the application. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "CLIENTS";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private BrokerProperties() {}

    static Properties of(Path logDirectory, int clientPort, int controllerPort) {
        Map<String, Object> settings = new TreeMap<>();
        identity(settings, logDirectory, clientPort, controllerPort);
        oneReplicaOfEverything(settings);
        recordsOfAnyAge(settings);
        recordsOfAnySensibleSize(settings);
        smallFootprint(settings);
        Properties properties = new Properties();
        settings.forEach((key, value) -> properties.setProperty(key, String.valueOf(value)));
        return properties;
    }

    private static void identity(Map<String, Object> settings, Path logDirectory, int clientPort, int controllerPort) {
        String clients = CLIENT_LISTENER + "://" + LoopbackSockets.HOST + ":" + clientPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        // A fixed voter list is not stored with the data, so the controller may have another port at every start.
        settings.put("controller.quorum.voters", NODE_ID + "@" + LoopbackSockets.HOST + ":" + controllerPort);
        settings.put(
                "listeners", clients + "," + CONTROLLER_LISTENER + "://" + LoopbackSockets.HOST + ":" + controllerPort);
        settings.put("advertised.listeners", clients);
        settings.put(
                "listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("log.dirs", logDirectory);
        // After a crash the controller keeps the dead broker's place for one session, so a long one is a slow restart;
        // a short one would fence a broker that is only starved of processor time.
        settings.put("broker.session.timeout.ms", 6_000);
        settings.put("broker.heartbeat.interval.ms", 1_000);
        // A mistyped topic name must be an error, not an empty topic.
        settings.put("auto.create.topics.enable", false);
    }

    private static void oneReplicaOfEverything(Map<String, Object> settings) {
        settings.put("default.replication.factor", 1);
        settings.put("min.insync.replicas", 1);
        settings.put("offsets.topic.replication.factor", 1);
        settings.put("offsets.topic.num.partitions", 4);
        settings.put("transaction.state.log.replication.factor", 1);
        settings.put("transaction.state.log.min.isr", 1);
        settings.put("transaction.state.log.num.partitions", 4);
        // A dead producer's open transaction holds up readers: look for those more often than every ten seconds.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);
        settings.put("share.coordinator.state.topic.replication.factor", 1);
        settings.put("share.coordinator.state.topic.min.isr", 1);
        settings.put("share.coordinator.state.topic.num.partitions", 1);
        // As long as a program's threads take to join: the first would get all partitions and give half of them away
        // again.
        // The default of three seconds is for the machines of a cluster.
        settings.put("group.initial.rebalance.delay.ms", 100);
    }

    /**
     * Replayed and simulated records carry the time of the event, years ago or ahead. By default a broker refuses
     * timestamps over an hour ahead of its clock (KIP-937) and drops records a week after their timestamp.
     */
    private static void recordsOfAnyAge(Map<String, Object> settings) {
        settings.put("log.retention.ms", -1);
        settings.put("log.retention.bytes", -1);
        settings.put("log.message.timestamp.type", "CreateTime");
        settings.put("log.message.timestamp.before.max.ms", Long.MAX_VALUE);
        settings.put("log.message.timestamp.after.max.ms", Long.MAX_VALUE);
        // Segments roll when event time has moved by this much: a replay of years would leave thousands of small files.
        settings.put("log.roll.ms", Long.MAX_VALUE);
    }

    private static void recordsOfAnySensibleSize(Map<String, Object> settings) {
        settings.put("message.max.bytes", EmbeddedBroker.MAX_RECORD_BYTES);
        settings.put("replica.fetch.max.bytes", EmbeddedBroker.MAX_RECORD_BYTES);
        settings.put("replica.fetch.response.max.bytes", 2 * EmbeddedBroker.MAX_RECORD_BYTES);
        settings.put("socket.request.max.bytes", 3 * EmbeddedBroker.MAX_RECORD_BYTES);
    }

    private static void smallFootprint(Map<String, Object> settings) {
        settings.put("num.network.threads", 2);
        settings.put("num.io.threads", 4);
        settings.put("background.threads", 2);
        settings.put("num.recovery.threads.per.data.dir", 2);
        // The cleaner maps a whole segment's keys at 24 bytes each: enough for 64 MiB of the smallest changelog
        // records.
        settings.put("log.cleaner.dedupe.buffer.size", 32 * MIB);
        settings.put("log.segment.bytes", 256 * MIB);
        settings.put("log.index.size.max.bytes", 2 * MIB);
        settings.put("offsets.topic.segment.bytes", 8 * MIB);
        settings.put("transaction.state.log.segment.bytes", 8 * MIB);
        settings.put("share.coordinator.state.topic.segment.bytes", 8 * MIB);
        settings.put("metadata.log.segment.bytes", 32 * MIB);
        settings.put("metadata.max.retention.bytes", 64 * MIB);
    }
}
