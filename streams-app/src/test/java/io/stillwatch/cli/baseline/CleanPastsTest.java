package io.stillwatch.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.History;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.schema.RequestEvent;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CleanPastsTest {
    private static final long DAY_MS = 86_400_000;
    private static final long FIRST_DAY = 20_000;
    private static final int A_DAY = 60;
    private static final List<String> THINGS = List.of("card", "cheque", "transfer", "loan", "fee", "refund", "PIN");

    private final Fingerprinter fingerprinter = new Fingerprinter();
    private final History history = new History();

    private static String banking(int number) {
        return "Why was my " + THINGS.get(number % THINGS.size()) + " not accepted at the bank when I wanted to pay my "
                + THINGS.get(number / 7 % THINGS.size()) + " in shop " + number + "?";
    }

    private static String physics(int number) {
        return "Derive step by step the equation of motion of a pendulum of length " + number
                + " with friction, prove that its energy falls, and write the solution as a series.";
    }

    private void account(String name, List<Integer> days, IntFunction<IntFunction<String>> promptsOfDay) {
        for (int day : days) {
            StrandedProfile profile = new StrandedProfile();
            for (int at = 0; at < A_DAY; at++) {
                RequestEvent event = new RequestEvent();
                event.setEventId(name + day + "-" + at);
                event.setAccountId(name);
                event.setEventTime((FIRST_DAY + day) * DAY_MS + at * DAY_MS / A_DAY);
                event.setPrompt(promptsOfDay.apply(day).apply(day * A_DAY + at));
                profile.add(fingerprinter.fingerprint(event));
            }
            history.add(name, FIRST_DAY + day, profile);
        }
    }

    private static List<Integer> days(int number) {
        return IntStream.range(0, number).boxed().toList();
    }

    private List<String> enrolled(Set<String> found, Set<String> likeKits) {
        return new CleanPasts(history, found, likeKits)
                .atoms().stream().map(Atom::name).toList();
    }

    @Test
    void aSteadyPastIsVouchedForAsMuchAsItWasAndForALimitedTime() {
        account("steady", days(16), day -> CleanPastsTest::banking);

        assertThat(new CleanPasts(history, Set.of(), Set.of()).atoms())
                .singleElement()
                .satisfies(atom -> {
                    assertThat(atom.terms().orElseThrow().requestsADay()).isEqualTo(A_DAY);
                    assertThat(atom.terms().orElseThrow().expiresMs())
                            .isEqualTo((FIRST_DAY + 16 + CleanPasts.TERM_DAYS) * DAY_MS);
                });
    }

    @Test
    void whoHasTurnedFromACleanPastIsNotVouchedForByIt() {
        account("late", days(20), day -> day < 17 ? CleanPastsTest::banking : CleanPastsTest::physics);
        account("back", days(20), day -> day > 4 && day < 9 ? CleanPastsTest::physics : CleanPastsTest::banking);

        assertThat(enrolled(Set.of(), Set.of())).isEmpty();
    }

    @Test
    void twoDaysAFortnightApartAreNoHistoryOfAFortnight() {
        account("seldom", List.of(0, 1, 2, 3, 20), day -> CleanPastsTest::banking);

        assertThat(enrolled(Set.of(), Set.of())).isEmpty();
    }

    @Test
    void whoWasFoundOrAsksWhatKitsAskIsNotVouchedFor() {
        account("found", days(16), day -> CleanPastsTest::banking);
        account("kit", days(16), day -> CleanPastsTest::banking);

        assertThat(enrolled(Set.of("found"), Set.of("kit"))).isEmpty();
    }
}
