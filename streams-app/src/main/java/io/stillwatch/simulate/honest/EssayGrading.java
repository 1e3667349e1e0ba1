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

/** Essay scoring at a school: one rubric, few topics, every pupil's essay once, points with their reasons. */
final class EssayGrading implements Script {
    private static final Rule ESSAY = Grammar.standard().rule("teaching.essay");

    private record Assignment(String rubric, int field) {}

    private final List<Assignment> assignments = new ArrayList<>();
    private final EndUsers teachers;
    private final Model model;

    private EssayGrading(Account account) {
        Grammar grammar = Grammar.standard();
        Chance chance = account.team("essays");
        int count = chance.between(2, 6);
        for (int i = 0; i < count; i++) {
            int field = chance.below(grammar.fields().size());
            String topic = grammar.say("chat.compare", chance, field);
            // The rubric stays, the topic changes.
            String rubric = grammar.say(
                    "teaching.essayrubric", account.team("rubric"), field, "org", Team.name(account), "topic", topic);
            assignments.add(new Assignment(rubric, field));
        }
        teachers = EndUsers.of(account, 2, 30);
        model = Model.of(chance, 4, 2, 1, 2);
    }

    static Actor cast(Account account) {
        return new Actor(
                "essays",
                Timing.office(account.place().zoneHours()),
                SessionShape.between(4, 30, 25),
                new EssayGrading(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Assignment assignment = assignments.get(moment.session().zipf(assignments.size()));
        draft.prompt(moment.ownTurn(), assignment.field())
                .add(assignment.rubric())
                .add(ESSAY);
        draft.model = model;
        draft.temperature = 0.0;
        draft.maxTokens = 512;
        draft.endUserId = teachers.id(moment);
        draft.answer(150, 0.4);
    }
}
