package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;
import java.util.List;

/** All that costs an attacker no time at once: ordinary requests, other words, dialogues, a client's parameters and hours. */
final class Combined implements Evasion {
    private static final List<Evasion> PARTS =
            List.of(new Rewording(), new ClientMimicry(), new Dialogue(), new CoverTraffic(), new IrregularTimes());

    @Override
    public String name() {
        return "combined";
    }

    @Override
    public String description() {
        return "mixing, rewording, dialogue, client and hours together";
    }

    @Override
    public String price() {
        return "all of these";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        Play hidden = play;
        for (Evasion part : PARTS) {
            hidden = part.hide(hidden, account, strength);
        }
        return hidden;
    }
}
