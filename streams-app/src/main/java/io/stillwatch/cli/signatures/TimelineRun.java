package io.stillwatch.cli.signatures;

import io.stillwatch.account.EventTime;
import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.Timeline;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.OfflinePipeline;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Runs timelines through the pipeline, to see whether a signature raises the alert that they declare. */
final class TimelineRun {
    private TimelineRun() {}

    /** The first alert that a signature alone raises over a timeline; empty when it raises none. */
    static Optional<Alert> firstAlert(CompiledSignature signature, Timeline timeline) {
        List<Alert> opened = new ArrayList<>();
        try (OfflinePipeline pipeline =
                new OfflinePipeline(SignatureSet.of(List.of(signature)), EvaluationListener.NONE, step -> {
                    if (AlertLifecycle.opens(step)) {
                        opened.add(step);
                    }
                })) {
            long hour = Long.MIN_VALUE;
            Iterator<RequestEvent> events = timeline.events();
            while (events.hasNext()) {
                RequestEvent event = events.next();
                if (EventTime.hourOf(event.getEventTime()) > hour) {
                    // Nobody else is there to move the time on.
                    hour = EventTime.hourOf(event.getEventTime());
                    pipeline.passTo(hour * EventTime.HOUR_MS);
                }
                pipeline.send(event);
            }
            pipeline.passTo(timeline.endMs());
            pipeline.finish();
        }
        return opened.stream().findFirst();
    }
}
