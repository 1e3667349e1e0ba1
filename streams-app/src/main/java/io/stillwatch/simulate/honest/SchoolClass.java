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
import java.util.ArrayList;
import java.util.List;

/** A pupil: the same homework as the whole class, copied word for word, in the evening before it is due; and private chat. */
final class SchoolClass implements Script {
    private static final Rule COPIED = Grammar.standard().rule("teaching.copied");
    private static final Rule FOLLOW = Grammar.standard().rule("teaching.homeworkfollow");

    private final List<String> homework = new ArrayList<>();
    private final Person person;
    private final double forSchool;

    private SchoolClass(Account account) {
        Chance chance = account.team("homework");
        int fields = Grammar.standard().fields().size();
        for (int i = 0; i < 14; i++) {
            homework.add(Grammar.standard().say("teaching.homework", chance, chance.below(fields)));
        }
        person = new Person(account.seed(), "en");
        forSchool = account.own("diligence").between(0.4, 0.9);
    }

    static Actor cast(Account account) {
        return new Actor(
                "homework",
                Timing.human(account.place().zoneHours()),
                SessionShape.conversation(account.own("pace").between(1.3, 3), 12, 60),
                new SchoolClass(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance session = moment.session();
        Chance chance = moment.ownTurn();
        if (session.is(forSchool)) {
            String task = homework.get(session.zipf(homework.size()));
            draft.prompt(chance, person.interest(moment)).let("hw", task).add(moment.turn() == 0 ? COPIED : FOLLOW);
            if (moment.turn() > 0) {
                person.typing().apply(draft.text(), 0, chance);
            }
        } else {
            person.say(moment, draft);
        }
        draft.model = Model.SMALL;
        draft.stream = true;
        draft.conversation(moment, 300);
        draft.answer(260, 0.6);
    }
}
