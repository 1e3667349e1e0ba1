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
import io.stillwatch.simulate.text.Speech;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;
import java.util.List;

/** Autocompletion while somebody types: the file so far, again and again, each time a little longer; tiny answers. */
final class IdeCompletion implements Script {
    private static final List<String> LANGUAGES = List.of("python", "js", "java");

    private record Language(Rule file, Rule line) {}

    private static final List<String> STOP = List.of("\n\n", "</fim>");

    private static final int KEYSTROKES = 4;

    private final Popular files;
    private final Language language;

    private IdeCompletion(Account account) {
        Grammar grammar = Grammar.standard();
        String name = account.team("language").pick(LANGUAGES);
        language = new Language(grammar.rule("code.file-" + name), grammar.rule("code.line-" + name));
        files = new Popular(
                Chance.seed(account.seed(), "files"), account.own("files").between(15, 90));
    }

    static Actor cast(Account account) {
        return new Actor(
                "completion",
                Timing.office(account.place().zoneHours()),
                SessionShape.conversation(account.own("pace").between(8, 25), 120, 4),
                0.001,
                new IdeCompletion(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance file = files.pick(moment.session());
        Speech speech = draft.prompt(file, 0).add(language.file());
        // Every few keystrokes the line under the cursor has grown; now and then a new line begins.
        int from = draft.text().length();
        speech.with(new Chance(Chance.seed(moment.seed(), 500L + moment.turn() / KEYSTROKES)), 0)
                .add(language.line());
        int line = draft.text().length() - from;
        draft.text().setLength(from + line * (1 + moment.turn() % KEYSTROKES) / KEYSTROKES);
        draft.operation = "text_completion";
        draft.model = Model.SMALL;
        draft.temperature = 0.2;
        draft.maxTokens = 64;
        draft.stop = STOP;
        draft.stream = true;
        draft.answer(12, 0.7);
    }
}
