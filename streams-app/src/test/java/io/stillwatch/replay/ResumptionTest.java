package io.stillwatch.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.topology.topics.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResumptionTest {
    private static final int PARTITIONS = 3;
    private static final int TAIL = 20;

    @Property
    void whatFollowsTheSentPartOfEachPartitionIsSentAndNothingElse(
            @ForAll @IntRange(max = 200) int events,
            @ForAll @IntRange(max = 200) int stop,
            @ForAll @IntRange(max = 50) int before) {
        List<RequestEvent> log = log("today", events);
        List<RequestEvent> sent = log.subList(0, Math.min(stop, events));
        List<RequestEvent> topic = new ArrayList<>(log("yesterday", before));
        topic.addAll(sent);

        Resumption resumption = resumption(topic, log);

        for (int at = 0; at < log.size(); at++) {
            assertThat(resumption.alreadySent(log.get(at))).isEqualTo(at < sent.size());
        }
        assertThat(resumption.skipped()).isEqualTo(sent.size());
    }

    @Test
    void ofALogWhoseEveryOtherEventWasSentNothingIsSkipped() {
        List<RequestEvent> log = log("today", 100);
        List<RequestEvent> sent = new ArrayList<>();
        for (int at = 0; at < 60; at += 2) {
            sent.add(log.get(at));
        }

        Resumption resumption = resumption(sent, log);

        assertThat(log).noneMatch(resumption::alreadySent);
    }

    @Test
    void ofAnotherLogNothingIsSkipped() {
        List<RequestEvent> log = log("today", 100);

        Resumption resumption = resumption(log("yesterday", 100), log);

        assertThat(resumption.mayHaveBegun()).isTrue();
        assertThat(log).noneMatch(resumption::alreadySent);
    }

    @Test
    void anEmptyTopicHasNothingToGoOnWith() {
        assertThat(resumption(List.of(), List.of()).mayHaveBegun()).isFalse();
    }

    private static Resumption resumption(List<RequestEvent> topic, List<RequestEvent> log) {
        Map<Integer, List<Resumption.Identity>> tails = new HashMap<>();
        for (RequestEvent event : topic) {
            List<Resumption.Identity> tail = tails.computeIfAbsent(
                    Topics.partitionOf(event.getAccountId(), PARTITIONS), partition -> new ArrayList<>());
            tail.add(Resumption.Identity.of(event));
            if (tail.size() > TAIL) {
                tail.remove(0);
            }
        }
        Resumption resumption = new Resumption(PARTITIONS, tails);
        log.forEach(resumption::look);
        return resumption;
    }

    private static List<RequestEvent> log(String day, int events) {
        List<RequestEvent> log = new ArrayList<>();
        for (int at = 0; at < events; at++) {
            RequestEvent event = new RequestEvent();
            event.setEventId(day + "-" + at);
            event.setEventTime(1_000L * at);
            event.setAccountId("account-" + at * 7 % 11);
            log.add(event);
        }
        return log;
    }
}
