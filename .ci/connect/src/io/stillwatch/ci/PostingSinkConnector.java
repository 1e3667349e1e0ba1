package io.stillwatch.ci;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Stands in for an HTTP sink connector, as none is in a Maven repository: reads the properties of the one that
 * {@code http-sink.json} is for, and posts as that one does with batching off.
 */
public final class PostingSinkConnector extends SinkConnector {
    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> given) {
        properties = Map.copyOf(given);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PostingSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        return Collections.nCopies(1, properties);
    }

    @Override
    public void stop() {
        // Nothing is open.
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define("http.url", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "Where to post to.")
                .define(
                        "http.headers.authorization",
                        ConfigDef.Type.PASSWORD,
                        ConfigDef.Importance.MEDIUM,
                        "The header authorization.")
                .define(
                        "http.headers.content.type",
                        ConfigDef.Type.STRING,
                        ConfigDef.Importance.LOW,
                        "The header content-type.")
                .define("retry.backoff.ms", ConfigDef.Type.LONG, ConfigDef.Importance.MEDIUM, "Milliseconds.");
    }
}
