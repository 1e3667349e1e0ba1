package io.stillwatch.cli.signatures;

import io.stillwatch.signature.RawTimeline;
import io.stillwatch.signature.Signature;
import io.stillwatch.signature.SignatureException;
import io.stillwatch.simulate.PlanException;
import io.stillwatch.simulate.Timeline;
import io.stillwatch.simulate.TimelineReader;
import java.util.ArrayList;
import java.util.List;

/** Makes a signature's timelines ready to be played; a message points at the line of the timeline or stage it is about. */
final class SignatureTimelines {
    private SignatureTimelines() {}

    /**
     * The timelines in the order of the file.
     *
     * @param source name of the file, for messages
     * @throws SignatureException naming the source, the line and what to mend
     */
    static List<Timeline> of(String source, Signature signature) {
        List<Timeline> timelines = new ArrayList<>();
        for (RawTimeline raw : signature.examples().timelines()) {
            try {
                timelines.add(TimelineReader.read(raw.data()));
            } catch (TimelineReader.StageException e) {
                throw at(source, raw.stageLines().get(e.stage()), e.getMessage());
            } catch (PlanException e) {
                throw at(source, raw.line(), e.getMessage());
            }
        }
        return timelines;
    }

    private static SignatureException at(String source, int line, String sentence) {
        return new SignatureException(source + ":" + line + ": " + sentence.replaceFirst("\\.$", ""));
    }
}
