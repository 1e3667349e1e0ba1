package io.stillwatch.simulate.claim;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.chance.Chance;
import java.util.ArrayList;
import java.util.List;

/** A share of the requests repeats one of the account's own earlier prompts. */
final class Repeats implements Claim {
    private static final int REMEMBERED = 500;

    @Override
    public String name() {
        return "repeat";
    }

    @Override
    public String description() {
        return "sends earlier prompts of its own again in between";
    }

    @Override
    public String price() {
        return Price.REPEATS;
    }

    @Override
    public double usualShare() {
        return 0.1;
    }

    @Override
    public Forger forger(long seed, double share) {
        Chance chance = Chance.of(seed, name());
        List<Asked> asked = new ArrayList<>();
        return event -> {
            if (!asked.isEmpty() && chance.is(share)) {
                chance.pick(asked).again(event);
            } else if (asked.size() < REMEMBERED) {
                asked.add(Asked.of(event));
            }
        };
    }

    private record Asked(String prompt, String system, Boolean answerInPrompt, Long inputTokens) {
        static Asked of(RequestEvent event) {
            return new Asked(event.getPrompt(), event.getSystem(), event.getAnswerInPrompt(), event.getInputTokens());
        }

        void again(RequestEvent event) {
            event.setPrompt(prompt);
            event.setSystem(system);
            event.setAnswerInPrompt(answerInPrompt);
            event.setInputTokens(inputTokens);
        }
    }
}
