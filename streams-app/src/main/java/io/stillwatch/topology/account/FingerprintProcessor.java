package io.stillwatch.topology.account;

import io.stillwatch.account.Detour;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.topology.record.RequestHeaders;
import io.stillwatch.topology.record.SentOn;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Request event in, fingerprint out.
 *
 * <p>State is kept by partition, so every event of an account must come on the same one. A record without the account
 * as its key, or on another partition than the account's (other clients hash keys differently), is sent back to the
 * requests topic where it belongs instead of splitting the account's profile in two, marked with the partition it was on:
 * time waits there for all that comes round.
 */
public final class FingerprintProcessor implements Processor<byte[], Object, String, Object> {
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    private final int partitions;
    private final String misplaced;
    private final String fingerprints;
    private final String profile;
    private final RequestHeaders headers;
    private ProcessorContext<String, Object> context;
    private Fingerprinter fingerprinter;
    private PipelineMeters meters;
    private long fingerprinted;
    private long sentOn;

    /** Filled anew for every event: the nodes that take it have done with it when they return. */
    private final RequestFingerprint fingerprint = new RequestFingerprint();

    /**
     * @param partitions partitions of the requests topic
     * @param source what a request comes from that names no source: the name of the requests topic
     * @param misplaced node that sends records back
     * @param fingerprints node that keeps fingerprints
     * @param profile node that counts fingerprints and what could not be read
     */
    public FingerprintProcessor(int partitions, String source, String misplaced, String fingerprints, String profile) {
        this.partitions = partitions;
        this.misplaced = misplaced;
        this.fingerprints = fingerprints;
        this.profile = profile;
        this.headers = new RequestHeaders(source);
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        fingerprinter = new Fingerprinter();
        meters = PipelineMeters.of(processorContext.appConfigs());
        processorContext.schedule(TELL_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> tell());
    }

    @Override
    public void process(Record<byte[], Object> record) {
        if (!(record.value() instanceof RequestEvent event)) {
            context.forward(record.withKey(text(record.key())), profile);
            return;
        }
        String account = event.getAccountId();
        if (!placed(record.key(), account)) {
            sendOn(record, event);
            return;
        }
        fingerprinter.fingerprint(event, fingerprint);
        fingerprinted++;
        context.forward(
                new Record<>(account, fingerprint, record.timestamp(), headers.ofFingerprint(event, record.headers())),
                fingerprints);
        context.forward(new Record<>(account, fingerprint, record.timestamp(), record.headers()), profile);
    }

    private void sendOn(Record<byte[], Object> record, RequestEvent event) {
        sentOn++;
        String account = event.getAccountId();
        int own = context.taskId().partition();
        SentOn round = new SentOn(new Detour(own, partitions));
        Headers marked = new RecordHeaders(headers.ofRequest(event, record.headers()));
        round.mark(marked);
        context.forward(new Record<>(account, event, record.timestamp(), marked), misplaced);
        if (Topics.partitionOf(account, partitions) == own) {
            context.forward(new Record<>(account, round, record.timestamp(), record.headers()), profile);
        }
    }

    private void tell() {
        meters.fingerprinted(fingerprinted);
        fingerprinted = 0;
        meters.misplaced(sentOn);
        sentOn = 0;
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    private boolean placed(byte @Nullable [] key, String account) {
        return key != null
                && Arrays.equals(key, Utils.utf8(account))
                && Topics.partitionOf(key, partitions) == context.taskId().partition();
    }
}
