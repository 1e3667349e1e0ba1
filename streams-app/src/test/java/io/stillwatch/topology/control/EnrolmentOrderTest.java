package io.stillwatch.topology.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.schema.RequestEvent;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which enrolments are in effect where there are more than a pipeline takes. */
class EnrolmentOrderTest {
    private static final int MOST = 4;
    private static final int WAITING = 100;
    static final PromptMean MEAN = mean();

    private static PromptMean mean() {
        Profile profile = new Profile();
        Fingerprinter fingerprinter = new Fingerprinter();
        for (int number = 0; number < 60; number++) {
            RequestEvent event = new RequestEvent();
            event.setEventId("e" + number);
            event.setAccountId("a");
            event.setPrompt("Why was my card declined in shop " + number + "?");
            profile.add(fingerprinter.fingerprint(event));
        }
        return profile.promptMean().orElseThrow();
    }

    /** A record of the topic; of one without a time nothing is left. */
    record Change(String account, Optional<Long> addedMs) {
        byte[] value() {
            return addedMs.map(time -> new Enrolment(
                                    new Atom(Atom.Kind.ENROLLED, account, "example prompts", MEAN),
                                    "bank support",
                                    100,
                                    0,
                                    Long.MAX_VALUE,
                                    "contract",
                                    "ann",
                                    time)
                            .text()
                            .getBytes(StandardCharsets.UTF_8))
                    .orElse(null);
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h"),
                        Arbitraries.longs().between(1, 20).optional(0.7))
                .as(Change::new)
                .list()
                .ofMaxSize(30);
    }

    private static Map<String, Enrolment> after(Iterable<Change> changes) {
        LiveEnrolments enrolments = new LiveEnrolments(MOST, WAITING);
        changes.forEach(change -> enrolments.take(change.account(), change.value()));
        return enrolments.read();
    }

    @Property(tries = 40)
    void aRestartAfterCompactionComesToTheSameAsThePipelineThatSawAllChanges(@ForAll("changes") List<Change> changes) {
        Map<String, Change> newest = new LinkedHashMap<>();
        for (Change change : changes) {
            newest.remove(change.account());
            change.addedMs().ifPresent(time -> newest.put(change.account(), change));
        }
        Map<String, Enrolment> seenAll = after(changes);

        assertThat(after(newest.values()).keySet()).isEqualTo(seenAll.keySet());
        assertThat(seenAll).hasSize(Math.min(MOST, newest.size()));
    }

    @Test
    void whoWaitsComesInWhenOneIsRevoked() {
        LiveEnrolments enrolments = new LiveEnrolments(1, 1);
        Change first = new Change("z", Optional.of(1L));
        Change second = new Change("a", Optional.of(2L));
        enrolments.take("a", second.value());
        enrolments.take("z", first.value());

        assertThat(enrolments.read()).containsOnlyKeys("z");
        enrolments.take("z", null);
        assertThat(enrolments.read()).containsOnlyKeys("a");
        enrolments.take("a", null);
        assertThat(enrolments.read()).isEqualTo(Collections.emptyMap());
    }
}
