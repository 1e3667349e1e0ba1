package io.stillwatch.evaluate;

import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.Optional;

/** Accounts with what became of them, for tests. */
final class Accounts {
    private Accounts() {}

    static AccountResult honest(String id, double nearness) {
        return account(id, Label.HONEST, "chat", 0, nearness, Optional.empty());
    }

    static AccountResult flagged(String id, double nearness) {
        return account(id, Label.HONEST, "batch", 0, nearness, Optional.of(caught(200, 9_000)));
    }

    static AccountResult missed(String id, double fraction, double nearness) {
        return account(id, Label.HOSTILE, "harvest", fraction, nearness, Optional.empty());
    }

    static AccountResult caught(String id, double fraction, long requests, long tokens) {
        return account(id, Label.HOSTILE, "harvest", fraction, 0.5, Optional.of(caught(requests, tokens)));
    }

    private static Catch caught(long requests, long tokens) {
        return new Catch(1_000, requests, tokens, "bulk", "it sent <much>");
    }

    private static AccountResult account(
            String id, Label label, String kind, double fraction, double nearness, Optional<Catch> caught) {
        return new AccountResult(
                new TruthRow(id, label, kind, "set", "", fraction, 0, 100, (int) (100 * fraction)),
                new Nearest("bulk", nearness),
                caught,
                caught.isPresent() ? 1 : 0);
    }
}
