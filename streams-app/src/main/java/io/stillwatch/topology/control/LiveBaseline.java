package io.stillwatch.topology.control;

import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.baseline.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The baseline in effect: the one given at the start, until another is published on the baseline topic. Beside it the
 * enrolments that are published ({@link LiveEnrolments}). Kits, enrolments of a file and the error budget stay those that were
 * given.
 *
 * <p>Every instance reads the topic into a global store, as it does the signatures ({@link LiveSignatures}), so all come to
 * the same one. Accounts are compared with it from their next look on; what was found before is not looked at again. One
 * that cannot be read is logged once, and the one given counts. Shared by the partitions of an instance; thread-safe.
 */
public final class LiveBaseline {
    /** The global store. */
    public static final String STORE = "published-baseline";

    /** What is kept of the topic, which has one key. */
    public static final NewestRecords.Bounds BOUNDS =
            new NewestRecords.Bounds(BaselinePublisher.KEY.length(), 1 << 20, 1);

    private static final Logger LOG = LoggerFactory.getLogger(LiveBaseline.class);

    private final Reference given;
    private byte @Nullable [] newest;
    private final LiveEnrolments enrolments;
    private Map<String, Enrolment> enrolled = Map.of();
    private Reference published;
    private Reference current;

    public LiveBaseline(Reference given, LiveEnrolments enrolments) {
        this.given = given;
        this.enrolments = enrolments;
        this.published = given;
        this.current = given;
    }

    /** In memory, as it is one record; its changelog is the topic itself. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
    }

    /** What accounts are compared with now: the same object for as long as nothing changes. */
    public synchronized Reference read(ReadOnlyKeyValueStore<String, byte[]> topic) {
        byte[] now = topic.get(BaselinePublisher.KEY);
        Map<String, Enrolment> vouchedFor = enrolments.read();
        boolean another = !Arrays.equals(now, newest);
        if (another) {
            newest = now;
            published = now == null ? given : read(now);
        }
        if (another || vouchedFor != enrolled) {
            enrolled = vouchedFor;
            current = vouchedFor.isEmpty() ? published : published.enrolling(vouchedFor);
        }
        return current;
    }

    private Reference read(byte[] json) {
        try {
            Reference other =
                    given.with(BaselineFile.parse("The published baseline", new String(json, StandardCharsets.UTF_8)));
            LOG.info("The published baseline {} is in effect.", other.name());
            return other;
        } catch (BaselineException e) {
            LOG.warn("The published baseline cannot be read, so {} stays in effect: {}", given.name(), e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // Anybody who may write to the topic decides what is in it; nothing of that may stop the pipeline.
            LOG.warn("The published baseline cannot be read, so {} stays in effect.", given.name(), e);
        }
        return given;
    }
}
