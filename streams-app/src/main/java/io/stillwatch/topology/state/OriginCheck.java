package io.stillwatch.topology.state;

import io.stillwatch.topology.PipelineException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** A task's part in {@link StateOrigin}: looks at its state when it begins, and marks it before it has processed anything. */
public final class OriginCheck {
    private final Consumer<byte[]> write;
    private Optional<byte[]> due;

    private OriginCheck(Optional<byte[]> due, Consumer<byte[]> write) {
        this.due = due;
        this.write = write;
    }

    /**
     * Looks at a task's state once that has been restored.
     *
     * @param stores names of its stores with a changelog; the first keeps the record
     * @param read what that store keeps, or null
     * @param write keeps it; called while processing, so that it is committed with what is processed
     * @throws PipelineException where the state is not what the task has processed
     */
    public static OriginCheck of(
            ProcessorContext<?, ?> context, List<String> stores, Supplier<byte[]> read, Consumer<byte[]> write) {
        return new OriginCheck(
                StateOrigin.of(context)
                        .flatMap(origin -> origin.require(Optional.ofNullable(read.get()), context, stores)),
                write);
    }

    /** Marks the state if it is new. */
    public void settle() {
        if (due.isPresent()) {
            byte[] origin = due.get();
            due = Optional.empty();
            write.accept(origin);
        }
    }
}
