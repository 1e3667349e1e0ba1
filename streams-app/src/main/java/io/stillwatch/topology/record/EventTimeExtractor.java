package io.stillwatch.topology.record;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Takes a record's time from the event in it, whatever the producer stamped. */
public final class EventTimeExtractor implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.value() instanceof RequestEvent event) {
            return event.getEventTime();
        }
        if (record.value() instanceof RequestFingerprint fingerprint) {
            return fingerprint.getEventTime();
        }
        return Math.max(0, record.timestamp());
    }
}
