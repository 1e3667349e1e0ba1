package io.stillwatch.decision;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.TriageRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A decider with what it journals and what it told gateways, that can be taken down and set up again at any point. */
final class Desk {
    static final byte[] RANDOM = "a start value of 32 bytes or so..".getBytes(StandardCharsets.UTF_8);

    final Map<String, byte[]> stored = new TreeMap<>();
    final Map<String, Decision> published = new TreeMap<>();
    final List<Change> changes = new ArrayList<>();
    private DeciderState state;
    private Decider decider;

    Desk(Policy policy) {
        start(policy);
    }

    /** Sets up a decider that knows only what was journalled. */
    void start(Policy policy) {
        state = new DeciderState((key, value) -> {
            if (value == null) {
                stored.remove(key);
            } else {
                stored.put(key, value);
            }
        });
        stored.forEach(state::restore);
        decider = new Decider(policy, Optional.empty(), RANDOM::clone, state, 1_000);
        take(decider.adoptPolicy());
    }

    void alert(Alert step) {
        take(decider.alert(step));
    }

    void join(String campaign, String account, double confidence, long timeMs) {
        member(campaign, account, Optional.of(Steps.member(campaign, account, confidence)), timeMs);
    }

    void leave(String campaign, String account, long timeMs) {
        member(campaign, account, Optional.empty(), timeMs);
    }

    private void member(String campaign, String account, Optional<CampaignMember> member, long timeMs) {
        take(decider.member(campaign, account, member, timeMs));
    }

    void order(TriageRecord order) {
        take(decider.order(order));
    }

    private void take(List<Change> made) {
        changes.addAll(made);
        for (Change change : made) {
            if (change.published()) {
                change.decision()
                        .ifPresentOrElse(
                                decision -> published.put(change.account(), decision),
                                () -> published.remove(change.account()));
            }
        }
    }

    DeciderState state() {
        return state;
    }

    DecisionAction action(String account) {
        return Optional.ofNullable(published.get(account))
                .map(Decision::getAction)
                .orElse(DecisionAction.ALLOW);
    }
}
