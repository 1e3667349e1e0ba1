package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.time.SessionShape;

/**
 * One item after the other as turns of conversations, up to eight on average. A harvest that comes in dialogues anyway
 * stays as it is.
 */
final class Dialogue implements Evasion {
    private static final int MOST_TURNS = 30;
    private static final double MOST_MEAN_TURNS = 8;
    private static final double TOKENS_PER_TURN = 320;

    @Override
    public String name() {
        return "dialogue";
    }

    @Override
    public String description() {
        return "items as turns of conversations";
    }

    @Override
    public String price() {
        return "input tokens, and answers that refer to others";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        Actor main = play.main();
        if (main.shape().most() > 1) {
            return play;
        }
        Script single = main.script();
        SessionShape shape = SessionShape.conversation(1 + (MOST_MEAN_TURNS - 1) * strength, MOST_TURNS, 60);
        return play.withMain(main.withShape(shape).withScript((moment, draft) -> {
            single.write(itemOf(moment), draft);
            draft.conversation(moment, TOKENS_PER_TURN);
            draft.stream = true;
        }));
    }

    /** A turn as an item of its own. */
    private static Moment itemOf(Moment turn) {
        return new Moment(
                Chance.seed(turn.seed(), turn.turn()), turn.item() * MOST_TURNS + turn.turn(), 0, 1, turn.timeMs());
    }
}
