package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.text.Speech;
import io.stillwatch.simulate.text.Typing;
import java.util.Map;

/** Somebody who types: a language, a handful of interests, and habits of typing. */
final class Person {
    private static final Grammar GRAMMAR = Grammar.standard();
    private static final Rule OPENER = GRAMMAR.rule("chat.opener");
    private static final Rule FOLLOWUP = GRAMMAR.rule("chat.followup");
    private static final Rule ASK = GRAMMAR.rule("chat.ask");
    private static final Map<String, Rule> OPENERS = rules("opener");
    private static final Map<String, Rule> FOLLOWUPS = rules("followup");
    private static final Map<String, Rule> ASKS = rules("core");
    private static final double SENDS_AGAIN = 0.015;

    private final String language;
    private final int[] interests;
    private final Typing typing;

    Person(long seed, String language) {
        Chance chance = Chance.of(seed, "person");
        this.language = language;
        this.interests = new int[chance.between(2, 9)];
        for (int i = 0; i < interests.length; i++) {
            interests[i] = chance.below(GRAMMAR.fields().size());
        }
        this.typing = Typing.of(chance);
    }

    private static Map<String, Rule> rules(String name) {
        return Map.of(
                "de", GRAMMAR.rule("lang-de." + name),
                "fr", GRAMMAR.rule("lang-fr." + name),
                "es", GRAMMAR.rule("lang-es." + name),
                "pt", GRAMMAR.rule("lang-pt." + name),
                "it", GRAMMAR.rule("lang-it." + name),
                "zh", GRAMMAR.rule("lang-zh." + name),
                "ja", GRAMMAR.rule("lang-ja." + name),
                "ru", GRAMMAR.rule("lang-ru." + name));
    }

    /** Says what comes next in the conversation. */
    void say(Moment moment, Draft draft) {
        say(moment, draft, interest(moment));
    }

    /** Says what comes next in a conversation about the given field. */
    void say(Moment moment, Draft draft, int field) {
        Chance session = moment.session();
        // People whose language is not English still write in English now and then.
        boolean english = language.equals("en") || session.is(0.2);
        int turn = moment.turn();
        if (turn > 0 && moment.ownTurn().is(SENDS_AGAIN)) {
            turn--;
        }
        Chance chance = new Chance(Chance.seed(moment.seed(), 1000L + turn));
        Speech speech = draft.prompt(chance, field);
        if (turn == 0) {
            speech.add(english ? OPENER : OPENERS.getOrDefault(language, OPENER));
        } else if (chance.is(0.25)) {
            speech.add(english ? ASK : ASKS.getOrDefault(language, ASK));
        } else {
            speech.add(english ? FOLLOWUP : FOLLOWUPS.getOrDefault(language, FOLLOWUP));
        }
        typing.apply(draft.text(), 0, chance);
    }

    /** What the conversation is about. */
    int interest(Moment moment) {
        Chance chance = Chance.of(moment.seed(), "interest");
        return chance.is(0.12) ? chance.below(GRAMMAR.fields().size()) : interests[chance.zipf(interests.length)];
    }

    Typing typing() {
        return typing;
    }
}
