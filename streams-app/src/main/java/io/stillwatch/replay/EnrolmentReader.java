package io.stillwatch.replay;

import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.text.Figures;
import io.stillwatch.topology.control.LiveEnrolments;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the published enrolments off their topic, as a pipeline does. */
public final class EnrolmentReader {
    private EnrolmentReader() {}

    /**
     * What the topic holds.
     *
     * @param readable all enrolments, by account
     * @param inEffect those of them that a pipeline takes
     * @param idle why the other records vouch for nobody, by their keys
     */
    public record Published(
            Map<String, Enrolment> readable, Map<String, Enrolment> inEffect, SortedMap<String, String> idle) {
        static Published of(Map<String, Enrolment> readable, Map<String, String> unreadable) {
            Map<String, Enrolment> inEffect = LiveEnrolments.inEffect(readable.values());
            SortedMap<String, String> idle = new TreeMap<>(unreadable);
            readable.keySet().stream()
                    .filter(account -> !inEffect.containsKey(account))
                    .forEach(account -> idle.put(
                            account,
                            Figures.count(LiveEnrolments.MOST)
                                    + " that were added before it are in effect, and a pipeline takes no more"));
            return new Published(readable, inEffect, idle);
        }

        /** As it will be once an enrolment is published. */
        public Published with(Enrolment enrolment) {
            Map<String, Enrolment> more = new TreeMap<>(readable);
            Map<String, String> unreadable = new TreeMap<>(idle);
            unreadable.keySet().removeAll(readable.keySet());
            unreadable.remove(enrolment.account());
            more.remove(enrolment.account());
            take(enrolment.account(), enrolment.text().getBytes(StandardCharsets.UTF_8), more, unreadable);
            return of(more, unreadable);
        }

        /** Why an enrolment is not in effect; empty where it is. */
        public Optional<String> whyNot(Enrolment enrolment) {
            Enrolment now = inEffect.get(enrolment.account());
            if (now != null && now.text().equals(enrolment.text())) {
                return Optional.empty();
            }
            return Optional.of(
                    now != null
                            ? "somebody has changed it since"
                            : idle.getOrDefault(enrolment.account(), "somebody has revoked it since"));
        }

        /** Whether an account has a record, be it in effect or not. */
        public boolean holds(String account) {
            return inEffect.containsKey(account) || idle.containsKey(account);
        }
    }

    /** By account; none where there is no topic. */
    public static Map<String, Enrolment> read(Topics topics, Map<String, Object> clientProperties) {
        return published(topics, clientProperties).inEffect();
    }

    /** All records; none where there is no topic. */
    public static Published published(Topics topics, Map<String, Object> clientProperties) {
        return of(CompactedTopic.newest(topics.enrolments(), account -> true, clientProperties));
    }

    static Published of(Map<String, byte[]> newest) {
        Map<String, Enrolment> readable = new TreeMap<>();
        Map<String, String> unreadable = new TreeMap<>();
        newest.forEach((key, value) -> take(key, value, readable, unreadable));
        return Published.of(readable, unreadable);
    }

    private static void take(
            String key, byte[] value, Map<String, Enrolment> readable, Map<String, String> unreadable) {
        try {
            readable.put(key, LiveEnrolments.parse(key, value));
        } catch (BaselineException e) {
            unreadable.put(key, String.valueOf(e.getMessage()));
        }
    }
}
