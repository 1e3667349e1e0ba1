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

/** A tool that turns questions into queries: the company's schema in every prompt, then a short question. */
final class SqlAssistant implements Script {
    private static final List<String> DOMAINS =
            List.of("shop", "hospital", "school", "fleet", "game", "library", "energy");
    private static final Rule FOLLOWUP = Grammar.standard().rule("sql.followup");

    private record Database(String head, Rule question, String ask) {}

    private final List<Database> databases = new ArrayList<>();
    private final Popular saved;
    private final EndUsers analysts;
    private final Model model;

    private SqlAssistant(Account account) {
        Grammar grammar = Grammar.standard();
        Chance chance = account.team("sql");
        String dialect = grammar.say("sql.dialect", chance, 0);
        String ask = grammar.say("sql.ask", chance, 0, "dialect", dialect);
        int count = chance.between(1, 3);
        for (int i = 0; i < count; i++) {
            String domain = chance.pick(DOMAINS);
            databases.add(new Database(
                    grammar.say("sql." + domain + "-schema", chance, 0),
                    grammar.rule("sql." + domain + "-question"),
                    ask));
        }
        saved = new Popular(Chance.seed(account.teamSeed(), "saved"), chance.between(40, 300));
        analysts = EndUsers.of(account, 3, 120);
        model = Model.of(chance, 4, 2, 1, 2);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "sql",
                Timing.service(account.place().zoneHours(), chance.between(1.4, 2.6)),
                SessionShape.conversation(chance.between(1.2, 2.4), 8, 80),
                new SqlAssistant(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        Database database = databases.get(moment.session().below(databases.size()));
        if (moment.turn() == 0) {
            Chance question = chance.is(0.35) ? saved.pick(chance) : chance;
            draft.prompt(question, 0).add(database.head()).add(database.ask()).add(database.question());
        } else {
            draft.prompt(FOLLOWUP, chance, 0);
        }
        draft.model = model;
        draft.temperature = 0.0;
        draft.maxTokens = 600;
        draft.stop = List.of(";");
        draft.endUserId = analysts.id(moment);
        draft.conversation(moment, 420);
        draft.answer(70, 0.5);
    }
}
