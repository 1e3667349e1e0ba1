package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.text.Speech;
import io.stillwatch.simulate.text.Typing;
import java.util.List;
import java.util.Map;

/**
 * Templates that rotate: a share of the prompts gets another opening, another order of sentences, other verbs, an addition
 * and somebody's habits of typing.
 */
final class Rewording implements Evasion {
    private static final Rule LEAD = Grammar.standard().rule("evasion.lead");
    private static final Rule TAIL = Grammar.standard().rule("evasion.tail");
    private static final Map<String, List<String>> OTHER_WORDS = Map.of(
            "Write ", List.of("Compose ", "Draft ", "Put together ", "I need "),
            "Explain ", List.of("Tell me about ", "Walk me through ", "Describe ", "Clarify "),
            "Describe ", List.of("Explain ", "Give an account of ", "Sketch "),
            "Give ", List.of("Provide ", "List ", "Come up with "),
            "Create ", List.of("Make ", "Build ", "Come up with "),
            "Solve ", List.of("Work out ", "Find the answer to ", "Crack "));

    @Override
    public String name() {
        return "rewording";
    }

    @Override
    public String description() {
        return "every prompt worded another way";
    }

    @Override
    public String price() {
        return "a rewording model, and prompts a little off";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        Script plain = play.main().script();
        return play.withMain(play.main().withScript((moment, draft) -> {
            plain.write(moment, draft);
            Chance chance = Chance.of(Chance.seed(moment.seed(), moment.turn()), "rewording");
            if (chance.is(strength)) {
                reword(draft, chance);
            }
        }));
    }

    private static void reword(Draft draft, Chance chance) {
        String text = otherWords(otherOrder(draft.text().toString(), chance), chance);
        Speech speech =
                draft.prompt(chance, chance.below(Grammar.standard().fields().size()));
        if (chance.is(0.7)) {
            speech.add(LEAD).add(" ");
        }
        speech.add(text);
        if (chance.is(0.7)) {
            speech.add(" ").add(TAIL);
        }
        Typing.of(chance).apply(draft.text(), 0, chance);
    }

    /** The last sentence of a one-line prompt to the front. */
    private static String otherOrder(String text, Chance chance) {
        int last = text.lastIndexOf(". ");
        if (last < 0 || text.indexOf('\n') >= 0 || chance.is(0.5)) {
            return text;
        }
        String end = text.substring(last + 2);
        return end + (end.endsWith(".") || end.endsWith("?") ? " " : ". ") + text.substring(0, last + 1);
    }

    private static String otherWords(String text, Chance chance) {
        for (Map.Entry<String, List<String>> word : OTHER_WORDS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            int at = text.indexOf(word.getKey());
            if (at >= 0) {
                return text.substring(0, at)
                        + chance.pick(word.getValue())
                        + text.substring(at + word.getKey().length());
            }
        }
        return text;
    }
}
