package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.profile.sketch.ActiveMinutes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Accounts of three days from a Monday on. */
class SynchronyTest {
    private static final long MINUTE_MS = 60_000;
    private static final long START = 1_793_577_600_000L / MINUTE_MS;
    private static final long DAY = 24 * 60;

    private final Random random = new Random(3);
    private final List<Set<Long>> accounts = new ArrayList<>();

    private Set<Long> account() {
        Set<Long> minutes = new TreeSet<>();
        accounts.add(minutes);
        return minutes;
    }

    private Synchrony.Found found() {
        Synchrony synchrony = new Synchrony();
        for (Set<Long> minutes : accounts) {
            ActiveMinutes active = new ActiveMinutes();
            minutes.forEach(minute -> active.add(minute * MINUTE_MS));
            synchrony.add(active, Collections.min(minutes) * MINUTE_MS);
        }
        return synchrony.count();
    }

    /** Office hours of three days: any minute of those. */
    private long officeMinute() {
        return START + random.nextInt(3) * DAY + 8 * 60 + random.nextInt(9 * 60);
    }

    @Test
    void staffWhoWorkInTheSameHoursAreNotInStep() {
        for (int at = 0; at < 80; at++) {
            Set<Long> minutes = account();
            for (int sitting = 0; sitting < 5; sitting++) {
                long begin = officeMinute();
                for (int request = 0; request < 5; request++) {
                    minutes.add(begin + random.nextInt(12));
                }
            }
        }

        Synchrony.Found found = found();

        assertThat(found.lockstep()).isBetween(0.7, 1.3);
        assertThat(found.turns()).isLessThan(1);
        assertThat(found.handovers()).isLessThan(4);
    }

    @Test
    void roundsOfAllAccountsWithinMinutesAreLockstep() {
        List<Long> rounds = new ArrayList<>();
        for (int round = 0; round < 25; round++) {
            rounds.add(officeMinute());
        }
        for (int at = 0; at < 80; at++) {
            Set<Long> minutes = account();
            rounds.forEach(round -> minutes.add(round + random.nextInt(4)));
        }

        Synchrony.Found found = found();

        assertThat(found.lockstep()).isGreaterThan(3);
        assertThat(found.together()).isGreaterThan(found.hours() / 2);
    }

    @Test
    void anOutageAfterWhichEverybodyAsksAgainAtOnceIsNoLockstep() {
        for (int at = 0; at < 300; at++) {
            Set<Long> minutes = account();
            for (int request = 0; request < 12; request++) {
                minutes.add(officeMinute());
            }
            minutes.add(START + 700);
            minutes.add(START + 701);
            minutes.add(START + DAY + 650);
        }

        assertThat(found().lockstep()).isBetween(0.5, 1.3);
    }

    @Test
    void whatATimerDoesAtTheSameMinuteOfEveryHourIsExplained() {
        for (int at = 0; at < 100; at++) {
            Set<Long> minutes = account();
            for (int request = 0; request < 20; request++) {
                minutes.add(START + random.nextInt(3 * 24) * 60L);
            }
        }

        assertThat(found().lockstep()).isLessThan(1.3);
    }

    @Test
    void accountsThatTakeTurnsAreToldFromAccountsThatAreDrawnAtRandom() {
        List<Set<Long>> all = new ArrayList<>();
        for (int at = 0; at < 30; at++) {
            all.add(account());
        }
        for (int item = 0; item < 600; item++) {
            all.get(item % 30).add(START + item * 5L);
        }
        double inTurn = found().turns();
        accounts.clear();
        all.clear();
        for (int at = 0; at < 30; at++) {
            all.add(account());
        }
        for (int item = 0; item < 600; item++) {
            all.get(random.nextInt(30)).add(START + item * 5L);
        }

        assertThat(inTurn).isGreaterThan(1.8);
        assertThat(found().turns()).isCloseTo(1, within(0.15));
    }

    @Test
    void accountsThatAreUsedUpOneAfterTheOtherHandOver() {
        long minute = START;
        for (int at = 0; at < 40; at++) {
            Set<Long> minutes = account();
            for (int request = 0; request < 15; request++) {
                minute += 1 + random.nextInt(4);
                minutes.add(minute);
            }
        }

        assertThat(found().handovers()).isLessThan(20);
        accounts.clear();
        minute = START;
        for (int at = 0; at < 40; at++) {
            Set<Long> minutes = account();
            for (int request = 0; request < 15; request++) {
                minutes.add(minute);
                minute += 1 + random.nextInt(4);
            }
            minute = Collections.max(minutes) + random.nextInt(2);
        }

        assertThat(found().handovers()).isGreaterThan(30);
    }

    @Test
    void aClassThatBeginsWhereAnotherEndsHandsNothingOver() {
        for (int lesson = 0; lesson < 6; lesson++) {
            long begin = START + 8 * 60 + lesson * 45L;
            for (int pupil = 0; pupil < 28; pupil++) {
                Set<Long> minutes = account();
                for (int request = 0; request < 8; request++) {
                    minutes.add(begin + random.nextInt(40));
                }
            }
        }

        assertThat(found().handovers()).isLessThan(15);
    }

    @Test
    void theOutcomeDoesNotDependOnTheOrderOfAFewMembers() {
        for (int at = 0; at < 40; at++) {
            Set<Long> minutes = account();
            for (int request = 0; request < 10; request++) {
                minutes.add(officeMinute());
            }
        }
        Synchrony.Found found = found();

        Collections.shuffle(accounts, random);

        Synchrony.Found again = found();
        assertThat(again.lockstep()).isCloseTo(found.lockstep(), within(1e-9));
        assertThat(again.turns()).isCloseTo(found.turns(), within(1e-9));
        assertThat(again.handovers()).isCloseTo(found.handovers(), within(1e-9));
    }

    @Test
    void nothingIsToldOfNobodyOrOne() {
        assertThat(found().lockstep()).isNaN();
        account().add(START);

        Synchrony.Found found = found();

        assertThat(found.lockstep()).isNaN();
        assertThat(found.turns()).isNaN();
        assertThat(found.handovers()).isZero();
    }
}
