package io.stillwatch.simulate.claim;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Hex;
import io.stillwatch.simulate.chance.Chance;
import org.jspecify.annotations.Nullable;

/**
 * Requests that claim to be turns of conversations: the messages that came before are counted, but nothing of them is
 * sent, so the provider's input tokens stay what they are.
 */
final class Turns implements Claim {
    private final String name;
    private final String description;
    private final int most;

    private Turns(String name, String description, int most) {
        this.name = name;
        this.description = description;
        this.most = most;
    }

    static Turns pairs() {
        return new Turns("turns", "every second request claims to be turn 1 of the one before", 2);
    }

    static Turns conversations() {
        return new Turns("conversations", "claims that 2 to 12 requests in a row are one conversation", 12);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String price() {
        return Price.NOTHING;
    }

    @Override
    public Forger forger(long seed, double share) {
        return new Talk(Chance.of(seed, name), share);
    }

    private final class Talk implements Forger {
        private final Chance chance;
        private final double share;
        private @Nullable String conversation;
        private int turn;
        private int turns;

        Talk(Chance chance, double share) {
            this.chance = chance;
            this.share = share;
        }

        @Override
        public void forge(RequestEvent event) {
            if (turn == turns) {
                turn = 0;
                turns = chance.is(share) ? chance.between(2, most) : 1;
                conversation = turns > 1 ? Hex.of(chance.nextLong(), 12) : null;
            }
            if (conversation != null) {
                event.setConversationId(conversation);
                event.setTurn(turn);
                int messages = event.getMessages() == null ? 1 : event.getMessages();
                event.setMessages(messages + 2 * turn);
            }
            turn++;
        }
    }
}
