package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.Profile;
import io.stillwatch.schema.RequestFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long PAST_MS = 2 * Prompts.DAY_MS;

    private final Prompts prompts = new Prompts(11);
    private final Population population = Prompts.population(4, 0.4);
    private final double[] before = prompts.topic();
    private final double[] after = prompts.topic();

    private final OwnBaseline own = OwnBaselines.of(prompts.mean(150, before), prompts.mean(150, before), 47);

    private Profile hour(int hour, int requests, double share) {
        Profile profile = new Profile();
        for (int at = 0; at < requests; at++) {
            boolean turned = (at + 1) * share - Math.floor(at * share) >= 1;
            profile.add(prompts.of("a", PAST_MS + hour * HOUR_MS + at * 1_000L, turned ? after : before));
        }
        return profile;
    }

    private List<Stretch> course(int quiet, int turned, double share) {
        List<Stretch> course = new ArrayList<>();
        for (int hour = 0; hour < quiet + turned; hour++) {
            course.add(new Stretch(PAST_MS + hour * HOUR_MS, false, hour(hour, 40, hour < quiet ? 0 : share)));
        }
        return course;
    }

    private Optional<Turn> turn(List<Stretch> course) {
        Profile window = new Profile();
        course.subList(Math.max(0, course.size() - 24), course.size())
                .forEach(stretch -> window.merge(stretch.profile()));
        return Turn.of(population.whitening(), own, window.promptMean().orElseThrow(), course);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 30, 6, 0", "0.5, 30, 8, 1", "0.25, 40, 12, 2", "1.0, 0, 6, 0"})
    void theTurnIsFoundToTheHourWhateverShareOfTheTrafficTurned(double share, int quiet, int turned, int hoursOff) {
        Turn turn = turn(course(quiet, turned, share)).orElseThrow();

        assertThat(turn.since().startMs())
                .isBetween(PAST_MS + (quiet - hoursOff) * HOUR_MS, PAST_MS + (quiet + hoursOff) * HOUR_MS);
        assertThat(turn.since().isDay()).isFalse();
    }

    @Test
    void itIsToldSinceWhenByTheHourOrByTheDay() {
        Turn turn = turn(course(30, 6, 1)).orElseThrow();

        assertThat(new TurnWords(turn).since()).isEqualTo("since 1970-01-04T06:00Z");
        assertThat(new TurnWords(new Turn(own, new Stretch(PAST_MS, true, turn.after()))).since())
                .isEqualTo("since 1970-01-03");
    }

    @Test
    void whatIsAskedForMoreOftenIsToldBesideWhatWasBefore() {
        Habits past = new Habits(90, 3, Map.of(Marker.ASKS_REASONING, 0.02), Map.of(Trait.SINGLE_TURNS, 0.4));
        Profile now = new Profile();
        for (int at = 0; at < 60; at++) {
            RequestFingerprint request = prompts.of("a", PAST_MS + at, after);
            request.setMarkers(at < 30 ? Marker.ASKS_REASONING.bit() : 0);
            now.add(request);
        }
        TurnWords words = new TurnWords(
                new Turn(new OwnBaseline(own.earlier(), own.later(), past, 47), new Stretch(PAST_MS, false, now)));

        assertThat(words.asked()).hasValue("50 % ask for reasoning to be written out (2 % before)");
        assertThat(words.answers()).hasValue("answers of 100 tokens on average (90 before)");
        assertThat(words.form().orElseThrow()).contains("100 % follow no earlier turn (40 % before)");
        assertThat(words.people()).endsWith("(3 before)");
    }

    @Test
    void fewerThanFiftyPromptsSayNothing() {
        List<Stretch> few = List.of(new Stretch(PAST_MS, false, hour(0, 40, 1)));

        assertThat(Turn.of(
                        population.whitening(),
                        own,
                        few.get(0).profile().promptMean().orElseThrow(),
                        few))
                .isEmpty();
    }
}
