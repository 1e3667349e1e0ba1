package io.stillwatch.topology.record;

import io.stillwatch.text.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that must not be processed again, as that failed in a way that nothing expected.
 *
 * <p>Such a failure may leave a task's state half changed, so the record cannot just be skipped: its thread is replaced,
 * which puts the state back to the last commit, and what comes to the record again passes it over and goes on. So one
 * record costs a thread's restart, and never the pipeline. After a restart of the process it costs that once more, if it
 * was not committed yet. Shared by all threads; thread-safe.
 */
public final class Quarantine {
    /** Key of Streams' configuration under which the tasks find it. */
    public static final String CONFIG = "stillwatch.quarantine";

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final int MOST = 10_000;

    private final Map<Place, String> causes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, String> eldest) {
            return size() > MOST;
        }
    };

    private int unanswered;
    private long records;

    private record Place(String topic, int partition, long offset) {
        static Place of(RecordMetadata at) {
            return new Place(at.topic(), at.partition(), at.offset());
        }
    }

    /** That of the pipeline; one of its own where a task runs without. */
    static Quarantine of(ProcessorContext<?, ?> context) {
        return context.appConfigs().get(CONFIG) instanceof Quarantine shared ? shared : new Quarantine();
    }

    /** Why a record is not processed again; empty where it may be. */
    synchronized Optional<QuarantinedException> holds(RecordMetadata at) {
        return causes.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(causes.get(Place.of(at))).map(QuarantinedException::new);
    }

    /** Takes a record that failed, unless it has it already: then it is not the record. */
    synchronized void take(RecordMetadata at, Throwable failure) {
        String cause = Printable.escape(failure.toString());
        if (causes.putIfAbsent(Place.of(at), cause) == null) {
            unanswered++;
            records++;
            LOG.warn(
                    "Processing a record failed, so it is set aside and the rest goes on: {}, partition {}, offset {}: {}",
                    at.topic(),
                    at.partition(),
                    at.offset(),
                    cause);
            LOG.debug("It failed so.", failure);
        }
    }

    /** Whether a thread that died of a failure may be replaced, as its record has been taken; true once for each. */
    public synchronized boolean answers() {
        if (unanswered == 0) {
            return false;
        }
        unanswered--;
        return true;
    }

    /** Records that were taken since the process started; count. */
    public synchronized long records() {
        return records;
    }
}
