package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;

/**
 * A pupil of a class that works with the model in its lessons: everybody sends the tasks of the day's worksheet within the
 * same minutes, nearly word for word. On some days each has a subject of its own in the teacher's words.
 */
final class ClassLesson implements Script {
    private static final Grammar GRAMMAR = Grammar.standard();
    private static final Rule COPIED = GRAMMAR.rule("teaching.copied");
    private static final Rule FOLLOW = GRAMMAR.rule("teaching.homeworkfollow");
    private static final int TASKS = 8;
    private static final double OWN_SUBJECTS = 0.3;
    private static final double HOUR_MS = 3_600_000.0;
    private static final double DAY_HOURS = 24;

    private final Account account;
    private final Person person;

    private ClassLesson(Account account) {
        this.account = account;
        person = new Person(account.seed(), "en");
    }

    static Actor cast(Account account) {
        Timing lessons = Timing.lessons(
                account.team("lessons").nextLong(), account.place().zoneHours());
        return new Actor(
                "class",
                Timing.partly(Timing.human(account.place().zoneHours()), 0.12, lessons),
                SessionShape.conversation(account.own("pace").between(1.2, 2.2), 8, 60),
                new ClassLesson(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance session = moment.session();
        Chance chance = moment.ownTurn();
        if (session.is(0.07)) {
            person.say(moment, draft);
        } else if (moment.turn() > 0) {
            draft.prompt(FOLLOW, chance, person.interest(moment));
            person.typing().apply(draft.text(), 0, chance);
        } else {
            String task = task(moment, session);
            draft.prompt(chance, 0).let("hw", task).add(COPIED);
            if (chance.is(0.3)) {
                person.typing().apply(draft.text(), 0, chance);
            }
        }
        draft.model = Model.SMALL;
        draft.stream = true;
        draft.conversation(moment, 300);
        draft.answer(260, 0.6);
    }

    private String task(Moment moment, Chance session) {
        long day =
                (long) Math.floor((moment.timeMs() / HOUR_MS + account.place().zoneHours()) / DAY_HOURS);
        Chance sheet = Chance.of(Chance.seed(account.teamSeed(), day), "worksheet");
        int fields = GRAMMAR.fields().size();
        int field = sheet.below(fields);
        if (sheet.is(OWN_SUBJECTS)) {
            String frame = GRAMMAR.say("apps.assignment", sheet, field);
            return frame + GRAMMAR.say("apps.subject", Chance.of(moment.seed(), "subject"), field);
        }
        Chance task = Chance.of(Chance.seed(account.teamSeed(), day), "task " + session.zipf(TASKS));
        return GRAMMAR.say("teaching.homework", task, field);
    }
}
