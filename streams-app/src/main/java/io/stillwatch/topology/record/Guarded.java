package io.stillwatch.topology.record;

import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A processor that no record can stop for more than a moment: see {@link Quarantine}. */
public final class Guarded<K, V, L, W> implements Processor<K, V, L, W> {
    private final Processor<K, V, L, W> processor;
    private final BiFunction<Record<K, V>, QuarantinedException, Record<K, V>> instead;
    private ProcessorContext<L, W> context;
    private Quarantine quarantine;

    private Guarded(
            Processor<K, V, L, W> processor, BiFunction<Record<K, V>, QuarantinedException, Record<K, V>> instead) {
        this.processor = processor;
        this.instead = instead;
    }

    /** Of which a record that failed goes straight to the dead letters. */
    public static <K, V, L, W> Guarded<K, V, L, W> of(Processor<K, V, L, W> processor) {
        return new Guarded<>(processor, (record, cause) -> {
            throw cause;
        });
    }

    /** Of which a record that failed is counted first, as one that cannot be read. */
    public static <K, L, W> Guarded<K, Object, L, W> counting(Processor<K, Object, L, W> processor) {
        return new Guarded<>(processor, (record, cause) -> record.withValue(new Unreadable(cause)));
    }

    @Override
    public void init(ProcessorContext<L, W> processorContext) {
        context = processorContext;
        quarantine = Quarantine.of(processorContext);
        processor.init(processorContext);
    }

    @Override
    public void process(Record<K, V> record) {
        Optional<RecordMetadata> at = context.recordMetadata();
        Optional<QuarantinedException> failed = at.flatMap(quarantine::holds);
        try {
            processor.process(failed.isPresent() ? instead.apply(record, failed.get()) : record);
        } catch (KafkaException | LateEventException expected) {
            // Either of the record, and told of already, or of Kafka.
            throw expected;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            at.ifPresent(place -> quarantine.take(place, failure));
            throw failure;
        }
    }

    @Override
    public void close() {
        processor.close();
    }
}
