package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Hex;
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
import org.jspecify.annotations.Nullable;

/**
 * Many people behind one key. Each keeps to a few of the crowd's subjects and to a way of writing, comes in sittings, and
 * some come far more often than others (Zipf). Several talks go on at a time, so requests near each other are often about
 * the same, and less so the further apart they are.
 */
final class CrowdApp implements Script {
    private static final List<String> LANGUAGES = List.of("de", "fr", "es", "pt", "it", "zh", "ja", "ru");
    private static final @Nullable Integer[] LIMITS = {null, null, 400, 1024, 2048, 4096};
    private static final @Nullable Double[] TEMPERATURES = {null, null, 0.2, 0.7, 1.0};

    private final Manner manner;
    private final Account account;
    private final Rule ask;
    private final Rule detail;
    private final Rule reply;
    private final @Nullable String system;
    private final String template;
    private final int people;
    private final int[] subjects;
    private final @Nullable Integer maxTokens;
    private final @Nullable Double temperature;
    private final boolean stream;
    private final boolean namesConversations;
    private final Model model;
    private final double answerTokens;

    private CrowdApp(Account account, Manner manner) {
        this.account = account;
        this.manner = manner;
        Grammar grammar = Grammar.standard();
        ask = grammar.rule(manner.ask());
        detail = grammar.rule(manner.detail());
        reply = grammar.rule(manner.reply());
        Chance chance = account.team("crowd");
        system = chance.is(manner.systemShare()) ? Team.text(account, manner.system()) : null;
        template = manner.template().isEmpty() ? "" : Team.text(account, manner.template());
        people = chance.logUniform(manner.leastPeople(), manner.mostPeople());
        subjects = new int[chance.between(manner.leastSubjects(), manner.mostSubjects())];
        for (int i = 0; i < subjects.length; i++) {
            subjects[i] = chance.below(grammar.fields().size());
        }
        maxTokens = LIMITS[chance.below(LIMITS.length)];
        temperature = TEMPERATURES[chance.below(TEMPERATURES.length)];
        stream = chance.is(0.45);
        namesConversations = manner.dialogue() && chance.is(0.4);
        model = Model.of(chance, 5, 4, 1, 2);
        answerTokens = chance.between(70.0, 320.0);
    }

    static Actor cast(Account account, Manner manner) {
        Chance chance = account.own("pace");
        double zone = account.place().zoneHours();
        Timing timing = chance.is(0.75)
                ? Timing.service(zone, chance.between(1.0, 1.8))
                : Timing.flat(chance.between(1.0, 1.6));
        return new Actor(
                manner.contents(),
                timing,
                SessionShape.conversation(manner.turns() * chance.between(0.7, 1.3), 40, chance.between(90, 170)),
                new CrowdApp(account, manner));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance session = Chance.of(moment.seed(), "who");
        long first = member(session);
        int field = subject(first, session);
        long speaker = first;
        Chance chance = moment.ownTurn();
        if (manner.talk()) {
            int company = session.between(1, 5);
            for (int i = 0, who = chance.below(company); i < who; i++) {
                speaker = member(session);
            }
        }
        say(moment, draft, speaker, field, chance);
        draft.system = system;
        draft.model = model;
        draft.temperature = temperature;
        draft.maxTokens = maxTokens;
        draft.stream = stream;
        if (manner.namesUsers()) {
            draft.endUserId = "m-" + Hex.of(speaker, 9);
        }
        if (manner.dialogue() && namesConversations) {
            draft.conversation(moment, answerTokens * 1.4);
        } else if (manner.dialogue()) {
            draft.history(moment, answerTokens * 1.4);
        }
        draft.answer(answerTokens, 0.7);
    }

    private void say(Moment moment, Draft draft, long speaker, int field, Chance chance) {
        Speech speech = draft.prompt(chance, field);
        // A talk is about one thing, whoever takes part in it.
        speech.let("topic", Grammar.standard().say("crowd.topic", Chance.of(moment.seed(), "topic"), field));
        speech.add(template);
        Voice voice = new Voice(speaker);
        boolean opening = moment.turn() == 0 || (!manner.dialogue() && chance.is(manner.talk() ? 0.4 : 0.85));
        Chance traits = Chance.of(speaker, "language");
        if (manner.languages() && traits.is(0.75)) {
            Rule rule = Grammar.standard().rule("lang-" + traits.pick(LANGUAGES) + (opening ? ".opener" : ".followup"));
            voice.write(speech, rule, detail, chance, false);
        } else {
            voice.write(speech, opening ? ask : reply, detail, chance, opening);
        }
    }

    /** Seed of one of the people, who come the more often the lower their number. */
    private long member(Chance chance) {
        return Chance.seed(Chance.seed(account.teamSeed(), "people"), chance.zipf(people));
    }

    /** One of the few subjects of a person. */
    private int subject(long person, Chance session) {
        Chance traits = Chance.of(person, "subjects");
        int own = traits.between(1, 3);
        int pick = session.zipf(own);
        int subject = 0;
        for (int i = 0; i <= pick; i++) {
            subject = subjects[traits.below(subjects.length)];
        }
        return subject;
    }
}
