package io.stillwatch.replay;

import io.stillwatch.baseline.Enrolment;
import io.stillwatch.topology.control.LiveEnrolments;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;

/** Reads the published enrolments off their topic, as a pipeline does. */
public final class EnrolmentReader {
    private EnrolmentReader() {}

    /** By account; none where there is no topic. */
    public static Map<String, Enrolment> read(Topics topics, Map<String, Object> clientProperties) {
        LiveEnrolments enrolments = new LiveEnrolments();
        CompactedTopic.newest(topics.enrolments(), account -> true, clientProperties)
                .forEach(enrolments::take);
        return enrolments.read();
    }
}
