package io.stillwatch.topology.decision;

import io.stillwatch.decision.Change;
import io.stillwatch.schema.Decision;
import io.stillwatch.text.Printable;
import java.time.Instant;

/** A change of a decision as one line of the log. */
final class DecisionWords {
    private DecisionWords() {}

    static String of(Change change) {
        String account = Printable.identifier(change.account());
        return change.decision()
                .map(decision -> "account " + account + " would be "
                        + done(decision) + " until "
                        + Instant.ofEpochMilli(decision.getValidUntil()) + ". " + change.why())
                .orElseGet(() -> "nothing would be done about account " + account + " any more: "
                        + Printable.text(change.why(), 200) + ".");
    }

    private static String done(Decision decision) {
        return switch (decision.getAction()) {
            case ALLOW -> "allowed";
            case THROTTLE -> "throttled to " + decision.getRate() + " requests a minute";
            case CHALLENGE -> "challenged";
            case BLOCK -> "blocked";
        };
    }
}
