package io.stillwatch.simulate;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Gateway;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.claim.Forger;
import io.stillwatch.simulate.text.Grammar;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Merges the accounts' requests by event time. */
final class Playback implements Iterator<LabelledRequest> {
    private static final int OK = 200;

    private final Stage stage;
    private final Draft draft = new Draft(Grammar.standard());
    private final PriorityQueue<Cursor> active = new PriorityQueue<>();
    private final int[] waiting;
    private final long[] firstMs;
    private int opened;

    Playback(Simulator simulator, List<TruthRow> truth) {
        stage = new Stage(simulator);
        firstMs = truth.stream().mapToLong(TruthRow::firstMs).toArray();
        waiting = IntStream.range(0, firstMs.length)
                .boxed()
                .sorted((a, b) -> Long.compare(firstMs[a], firstMs[b]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** Where an account's play has come to; small, because every active account has one. */
    private static final class Cursor implements Comparable<Cursor> {
        private final int account;
        private final Forger forger;
        private int at;
        private long timeMs;
        private long idBits;
        private Map<Integer, Long> talks = Map.of();

        Cursor(int account, Performance performance) {
            this.account = account;
            this.forger = performance
                    .role()
                    .guise()
                    .forgerOf(performance.role().account().id());
            look(performance.schedule());
        }

        /** Tokens that were sent and answered so far in a session whose last turn has not come yet. */
        long soFar(int session) {
            return talks.getOrDefault(session, 0L);
        }

        void answered(int session, Moment moment, RequestEvent event) {
            if (moment.turns() == 1 || event.getStatus() != OK) {
                return;
            }
            if (talks.isEmpty()) {
                talks = new HashMap<>();
            }
            if (moment.turn() + 1 == moment.turns()) {
                talks.remove(session);
            } else {
                // Hidden reasoning is not sent again.
                long reasoning = event.getReasoningTokens() == null ? 0 : event.getReasoningTokens();
                talks.put(session, event.getInputTokens() + event.getOutputTokens() - reasoning);
            }
        }

        private void look(Schedule schedule) {
            timeMs = schedule.timeMs(at);
            idBits = schedule.idBits(at);
        }

        boolean advance(Schedule schedule) {
            at++;
            if (at == schedule.size()) {
                return false;
            }
            look(schedule);
            return true;
        }

        @Override
        public int compareTo(Cursor other) {
            int byTime = Long.compare(timeMs, other.timeMs);
            return byTime != 0 ? byTime : Long.compareUnsigned(idBits, other.idBits);
        }
    }

    @Override
    public boolean hasNext() {
        return !active.isEmpty() || opened < waiting.length;
    }

    @Override
    public LabelledRequest next() {
        openWhatIsDue();
        Cursor cursor = active.poll();
        if (cursor == null) {
            throw new NoSuchElementException();
        }
        Performance performance = stage.performance(cursor.account);
        LabelledRequest request = write(performance, cursor);
        long nowMs = cursor.timeMs;
        if (cursor.advance(performance.schedule())) {
            active.add(cursor);
            stage.rest(cursor.account, cursor.timeMs - nowMs);
        } else {
            stage.leave(cursor.account);
        }
        return request;
    }

    private void openWhatIsDue() {
        while (opened < waiting.length && (active.isEmpty() || firstMs[waiting[opened]] <= active.peek().timeMs)) {
            int account = waiting[opened++];
            active.add(new Cursor(account, stage.performance(account)));
        }
    }

    private LabelledRequest write(Performance performance, Cursor cursor) {
        Role role = performance.role();
        Schedule schedule = performance.schedule();
        int at = cursor.at;
        boolean hostile = schedule.hostile(at);
        Actor actor = hostile ? role.main() : role.cover();
        Moment moment = schedule.moment(at);
        draft.clear();
        actor.script().write(moment, draft);
        int session = schedule.session(at);
        RequestEvent event = Gateway.log(
                schedule.eventId(at),
                role.account(),
                schedule.timeMs(at),
                draft,
                cursor.soFar(session),
                schedule.outcome(at),
                schedule.fails(at));
        cursor.answered(session, moment, event);
        cursor.forger.forge(event);
        return new LabelledRequest(event, hostile);
    }
}
