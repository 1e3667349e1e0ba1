package io.stillwatch.topology;

import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Request event in, fingerprint out.
 *
 * <p>State is kept by partition, so every event of an account must come on the same one. A record without the account
 * as its key, or on another partition than the account's (other clients hash keys differently), is sent back to the
 * requests topic where it belongs instead of splitting the account's profile in two.
 */
final class FingerprintProcessor implements Processor<byte[], RequestEvent, String, Object> {
    private final int partitions;
    private final String misplaced;
    private final List<String> onward;
    private ProcessorContext<String, Object> context;
    private Fingerprinter fingerprinter;

    /**
     * @param partitions partitions of the requests topic
     * @param misplaced node that sends records back
     * @param onward nodes that take fingerprints
     */
    FingerprintProcessor(int partitions, String misplaced, List<String> onward) {
        this.partitions = partitions;
        this.misplaced = misplaced;
        this.onward = onward;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        fingerprinter = new Fingerprinter();
    }

    @Override
    public void process(Record<byte[], RequestEvent> record) {
        RequestEvent event = record.value();
        String account = event.getAccountId();
        if (!placed(record.key(), Utils.utf8(account))) {
            context.forward(record.withKey(account).withValue((Object) event), misplaced);
            return;
        }
        RequestFingerprint fingerprint = fingerprinter.fingerprint(event);
        Record<String, Object> kept = record.withKey(account).withValue(fingerprint);
        for (String node : onward) {
            context.forward(kept, node);
        }
    }

    private boolean placed(byte[] key, byte[] account) {
        return Arrays.equals(key, account)
                && Utils.toPositive(Utils.murmur2(account)) % partitions
                        == context.taskId().partition();
    }
}
