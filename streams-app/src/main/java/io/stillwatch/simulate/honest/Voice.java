package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.text.Speech;
import io.stillwatch.simulate.text.Typing;
import java.util.List;

/**
 * How somebody writes, always alike and unlike others: case, stops and slips, whether they greet and thank and with which
 * words, how much they tell, how they end, what they shorten.
 */
final class Voice {
    private static final List<String> GREETINGS = List.of(
            "hi",
            "hey",
            "hello",
            "Hi there",
            "good morning",
            "hi all",
            "Hello everyone",
            "yo",
            "Dear team",
            "moin",
            "o/");
    private static final List<String> THANKS = List.of(
            "thanks", "thx", "Thank you!", "cheers", "many thanks in advance", "ta", "Thanks a lot", "tia", "ty :)");
    private static final List<String> ENDS = List.of("", "", "", "", "...", "??", "!", " :)", " :/", " lol", " ...");
    private static final List<List<String>> SHORT = List.of(
            List.of("you", "u"),
            List.of("please", "pls"),
            List.of("because", "bc"),
            List.of("somebody", "sb"),
            List.of("with", "w/"),
            List.of("about", "abt"),
            List.of("I am", "im"),
            List.of("don't", "dont"),
            List.of("can't", "cant"));

    private final Typing typing;
    private final double capitals;
    private final double greets;
    private final String greeting;
    private final double thanks;
    private final String thanking;
    private final double tells;
    private final double ends;
    private final String end;
    private final List<List<String>> shortens;

    Voice(long seed) {
        Chance chance = Chance.of(seed, "voice");
        boolean lower = chance.is(0.55);
        typing = new Typing(lower, lower ? chance.is(0.85) : chance.is(0.35), chance.is(0.3) ? 0.05 : 0.012);
        capitals = lower ? 0 : chance.between(0.4, 1);
        greets = chance.is(0.45) ? chance.between(0.1, 0.8) : 0;
        greeting = chance.pick(GREETINGS);
        thanks = chance.is(0.4) ? chance.between(0.1, 0.7) : 0;
        thanking = chance.pick(THANKS);
        // Most are brief; a few always tell the whole story.
        tells = chance.is(0.6) ? chance.between(0, 0.6) : chance.between(0.6, 3.5);
        ends = chance.between(0, 0.7);
        end = chance.pick(ENDS);
        int habits = chance.is(0.5) ? 0 : chance.between(1, 4);
        int from = chance.below(SHORT.size());
        shortens = SHORT.subList(from, Math.min(SHORT.size(), from + habits));
    }

    /**
     * Writes to the end of the prompt.
     *
     * @param opening whether it is a question out of nothing, not a reply
     */
    void write(Speech speech, Rule what, Rule detail, Chance chance, boolean opening) {
        StringBuilder text = speech.out();
        int from = text.length();
        if (opening && chance.is(greets)) {
            speech.add(greeting).add(chance.is(0.7) ? ", " : " ");
        }
        speech.add(what);
        if (opening) {
            for (double left = tells; left > 0 && chance.is(Math.min(1, left)); left--) {
                speech.add(" ").add(detail);
            }
        }
        if (chance.is(ends)) {
            stop(text);
            speech.add(end);
        }
        if (chance.is(thanks)) {
            speech.add(" ").add(thanking);
        }
        if (text.length() > from && chance.is(capitals)) {
            text.setCharAt(from, Character.toUpperCase(text.charAt(from)));
        }
        for (List<String> habit : shortens) {
            replace(text, from, habit.get(0), habit.get(1));
        }
        typing.apply(text, from, chance);
    }

    private static void stop(StringBuilder text) {
        int last = text.length() - 1;
        if (last > 0 && (text.charAt(last) == '.' || text.charAt(last) == '?')) {
            text.setLength(last);
        }
    }

    private static void replace(StringBuilder text, int from, String word, String by) {
        for (int at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + by.length())) {
            text.replace(at, at + word.length(), by);
        }
    }
}
