package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;

/** The company behind an account: its name and the texts it wrote once. */
final class Team {
    private Team() {}

    static String name(Account account) {
        Grammar grammar = Grammar.standard();
        Chance chance = account.team("company");
        String name = grammar.say("words.company", chance, 0);
        return chance.is(0.6) ? name : grammar.say("words.last", chance, 0) + " " + name;
    }

    /** A text by the rule, the same for the whole team, with the company's name where it belongs. */
    static String text(Account account, String rule) {
        Grammar grammar = Grammar.standard();
        Chance chance = account.team(rule);
        return grammar.say(rule, chance, chance.below(grammar.fields().size()), "org", name(account));
    }
}
