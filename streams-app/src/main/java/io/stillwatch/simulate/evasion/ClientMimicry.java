package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import java.util.List;
import java.util.Map;

/**
 * A share of the requests with a chat client's parameters: streamed, without limit, temperature or stops. What the harvest
 * lives on, several answers or probabilities, stays.
 */
final class ClientMimicry implements Evasion {
    @Override
    public String name() {
        return "client-mimicry";
    }

    @Override
    public String description() {
        return "a chat client's parameters";
    }

    @Override
    public String price() {
        return "variety where the harvest sampled";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        Script plain = play.main().script();
        return play.withMain(play.main().withScript((moment, draft) -> {
            plain.write(moment, draft);
            if (Chance.of(Chance.seed(moment.seed(), moment.turn()), "mimicry").is(strength)) {
                draft.stream = true;
                draft.maxTokens = null;
                draft.temperature = null;
                draft.topP = null;
                draft.stop = List.of();
                draft.attributes = Map.of();
            }
        }));
    }
}
