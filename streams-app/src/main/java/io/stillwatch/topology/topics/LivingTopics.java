package io.stillwatch.topology.topics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.internals.ProcessorStateManager;

/**
 * The topics that a pipeline lives on: those of the catalogue and the changelogs of its stores; and what it means when one
 * of them is not as it must be.
 */
public final class LivingTopics {
    /** What makes the state of the accounts anew, as sentences name it. */
    public static final String REBUILD = "stillwatch reset --rebuild-from fingerprints";

    private final Topics topics;
    private final String applicationId;
    private final int partitions;

    /** Partitions that topics must have, by name. */
    private final Map<String, Integer> expected = new TreeMap<>();

    /** Topics of others that are read. */
    private final Set<String> foreign = new TreeSet<>();

    /** What the tasks read whose stores have these changelogs. */
    private final Map<String, String> inputs = new TreeMap<>();

    private LivingTopics(Topics topics, String applicationId, int partitions) {
        this.topics = topics;
        this.applicationId = applicationId;
        this.partitions = partitions;
    }

    /**
     * Those of a pipeline on live traffic.
     *
     * @param partitions of the requests topic
     */
    public static LivingTopics of(Topics topics, String applicationId, int partitions) {
        LivingTopics living = new LivingTopics(topics, applicationId, partitions);
        living.expect(topics.requests(), partitions, List.of(StoreNames.ACCOUNTS, StoreNames.PANES));
        living.expect(topics.alerts(), 1, List.of(StoreNames.DECIDER));
        living.expect(topics.campaigns(), 1, List.of());
        living.expect(topics.links(), 1, List.of(StoreNames.CAMPAIGNS));
        return living;
    }

    /** Those of a topology on a cluster as it is now. */
    public static LivingTopics of(Topology topology, Topics topics, StreamsConfig config, Admin admin) {
        int partitions = TopicProvisioner.find(admin, topics.requests())
                .map(found -> found.partitions().size())
                .orElse(0);
        LivingTopics living = of(topics, config.getString(StreamsConfig.APPLICATION_ID_CONFIG), partitions);
        Set<String> sources = new HashSet<>();
        Set<String> stores = new HashSet<>();
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
                    sources.addAll(source.topicSet());
                } else if (node instanceof TopologyDescription.Processor processor) {
                    processor.stores().forEach(store -> stores.add(living.changelog(store)));
                }
            }
        }
        living.foreign.addAll(sources);
        topics.all().forEach(spec -> living.foreign.remove(spec.name()));
        living.inputs.keySet().retainAll(stores);
        living.expected.keySet().removeIf(topic -> !sources.contains(topic) && !stores.contains(topic));
        return living;
    }

    private void expect(String topic, int count, List<String> stores) {
        expected.put(topic, count);
        for (String store : stores) {
            expected.put(changelog(store), count);
            inputs.put(changelog(store), topic);
        }
    }

    private String changelog(String store) {
        return changelog(applicationId, store);
    }

    /** The changelog topic of a store. */
    public static String changelog(String applicationId, String store) {
        return ProcessorStateManager.storeChangelogTopic(applicationId, store, null);
    }

    /** All of them. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        topics.all().forEach(spec -> names.add(spec.name()));
        names.addAll(changelogs());
        names.addAll(foreign);
        return names;
    }

    /** The changelogs of the stores that cannot be made again from a topic of the catalogue. */
    public List<String> changelogs() {
        return List.copyOf(inputs.keySet());
    }

    private boolean isChangelog(String topic) {
        return inputs.containsKey(topic);
    }

    /** What tells the changelogs that there are from others of the same names. */
    public String changelogIds(Admin admin) {
        List<String> ids = new ArrayList<>();
        new TreeMap<>(TopicProvisioner.find(admin, changelogs()))
                .values()
                .forEach(found ->
                        ids.add(found.map(topic -> topic.topicId().toString()).orElse("none")));
        return String.join(" ", ids);
    }

    /** The topic that the task reads whose store has a changelog. */
    public String inputOf(String changelog) {
        return Objects.requireNonNull(inputs.get(changelog), changelog);
    }

    /** What to say of a topic that was deleted, made anew or not. */
    public String deleted(String topic) {
        if (isChangelog(topic)) {
            return "The topic " + topic + " has been deleted, and with it the only whole copy of what the pipeline"
                    + " knows; make it anew with '" + REBUILD + "'.";
        }
        if (foreign.contains(topic)) {
            return "The topic " + topic
                    + ", which is read as a source, has been deleted while the pipeline ran; make it"
                    + " anew or leave out its --source, and start again.";
        }
        return "The topic " + topic + " has been deleted while the pipeline ran; start it again, which makes the topic"
                + " anew, but not what was in it.";
    }

    /** What to say where a topic does not have the partitions it must have. */
    Optional<String> wrongPartitions(String topic, int found) {
        Integer wanted = expected.get(topic);
        if (wanted == null || wanted == found) {
            return Optional.empty();
        }
        if (topic.equals(topics.requests())) {
            return Optional.of(differ(topic, found, wanted));
        }
        return Optional.of("The topic " + topic + " has " + found + " partitions but must have " + wanted
                + (isChangelog(topic)
                        ? "; make what it holds anew with '" + REBUILD + "'."
                        : ", as one task has to see all of it; delete it and start again, which makes it anew (what that"
                                + " costs is in docs/operations.md)."));
    }

    public static String differ(String requests, int found, int kept) {
        return "The topic " + requests + " has " + found + " partitions, but what is known of the accounts is kept for "
                + kept + "; stop all instances and move it with '" + REBUILD + "'.";
    }

    /** What to say where state that was there is not there any more. */
    public String lost(String what) {
        return "Requests have been processed, but " + what
                + ", so what was known of the accounts is lost; make it anew with '" + REBUILD + "'.";
    }

    public String requests() {
        return topics.requests();
    }

    public int partitions() {
        return partitions;
    }

    public String applicationId() {
        return applicationId;
    }

    Topics topics() {
        return topics;
    }
}
